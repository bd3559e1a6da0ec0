package dev.avow.engine.participant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.TransactionId;
import dev.avow.protocol.Ending;
import dev.avow.protocol.ParticipantState;
import dev.avow.protocol.ParticipantStep;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What other participants may be told, and what not. (PeersNeverPresume) */
class PeerKnowledgeTest {
    private static final TransactionId ID = TransactionId.of(1, 1, 1);

    private final PeerKnowledge knowledge = new PeerKnowledge();

    private void takes(ParticipantStep... steps) {
        for (ParticipantStep step : steps) {
            assertTrue(knowledge.take(ID, step), step::toString);
        }
    }

    @Test
    void nothing_is_known_of_what_was_never_here_or_is_undecided() {
        assertEquals(Optional.empty(), knowledge.answer(ID));
        knowledge.works(ID);
        assertEquals(Optional.empty(), knowledge.answer(ID));
        takes(new ParticipantStep.Prepare());
        assertEquals(Optional.empty(), knowledge.answer(ID));
        assertEquals(List.of(ID), knowledge.inDoubt());
    }

    @Test
    void what_has_ended_is_known() {
        knowledge.works(ID);
        takes(new ParticipantStep.Prepare(), new ParticipantStep.ReceiveCommit());
        assertEquals(Optional.of(Ending.COMMITTED), knowledge.answer(ID));
        TransactionId refused = TransactionId.of(1, 1, 2);
        knowledge.works(refused);
        assertTrue(knowledge.mayRefuse(refused));
        assertTrue(knowledge.take(refused, new ParticipantStep.Refuse()));
        assertEquals(Optional.of(Ending.ABORTED), knowledge.answer(refused));
        assertEquals(List.of(), knowledge.inDoubt());
    }

    @Test
    void who_has_only_read_knows_nothing() {
        knowledge.works(ID);
        takes(new ParticipantStep.VoteReadOnly());
        assertEquals(Optional.empty(), knowledge.answer(ID));
        // Also not from an abort that comes late, in answer to a question of long ago.
        assertFalse(knowledge.take(ID, new ParticipantStep.ReceiveAbort()));
        assertEquals(Optional.empty(), knowledge.answer(ID));
    }

    @Test
    void an_abort_of_what_was_lost_in_a_restart_is_nothing_that_is_known() {
        assertFalse(knowledge.take(ID, new ParticipantStep.ReceiveAbort()));
        assertEquals(Optional.empty(), knowledge.answer(ID));
    }

    @Test
    void what_a_restart_has_found_in_doubt_follows_its_peers_and_no_longer_refuses() {
        knowledge.found(ID);
        assertTrue(knowledge.isInDoubt(ID));
        assertFalse(knowledge.take(ID, new ParticipantStep.Refuse()));
        takes(new ParticipantStep.ReceivePeerAnswer(Ending.ABORTED));
        assertEquals(Optional.of(Ending.ABORTED), knowledge.answer(ID));
        assertFalse(knowledge.isInDoubt(ID));
    }

    @Test
    void what_has_ended_is_neither_at_work_nor_in_doubt_again() {
        knowledge.works(ID);
        takes(new ParticipantStep.Refuse());
        knowledge.works(ID);
        knowledge.found(ID);
        assertEquals(Optional.of(Ending.ABORTED), knowledge.answer(ID));
    }

    @Test
    void what_the_participant_holds_no_more_is_dropped_and_a_known_ending_kept() {
        knowledge.found(ID);
        knowledge.lost(ID);
        assertFalse(knowledge.isInDoubt(ID));
        knowledge.found(ID);
        takes(new ParticipantStep.ReceiveCommit());
        knowledge.lost(ID);
        assertEquals(Optional.of(Ending.COMMITTED), knowledge.answer(ID));
    }

    @Test
    void a_decision_alone_is_no_answer() {
        knowledge.found(ID);
        takes(new ParticipantStep.DecideAlone(ParticipantState.HEURISTIC_COMMITTED));
        assertEquals(Optional.empty(), knowledge.answer(ID));
        assertFalse(knowledge.isInDoubt(ID));
    }

    @Test
    void the_newest_endings_are_kept_and_the_oldest_dropped() {
        int many = (1 << 16) + 10;
        for (int number = 1; number <= many; number++) {
            TransactionId id = TransactionId.of(1, 1, number);
            knowledge.works(id);
            assertTrue(knowledge.take(id, new ParticipantStep.Refuse()));
        }
        assertEquals(Optional.empty(), knowledge.answer(TransactionId.of(1, 1, 10)));
        assertEquals(Optional.of(Ending.ABORTED), knowledge.answer(TransactionId.of(1, 1, 11)));
        assertEquals(Optional.of(Ending.ABORTED), knowledge.answer(TransactionId.of(1, 1, many)));
    }
}
