package dev.avow.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The participant's whole table: every step in every state that allows it. */
class ParticipantTableTest {
    private static final List<ParticipantStep> STEPS = List.of(
            new ParticipantStep.Refuse(),
            new ParticipantStep.Prepare(),
            new ParticipantStep.VoteYes(),
            new ParticipantStep.VoteReadOnly(),
            new ParticipantStep.VoteNo(),
            new ParticipantStep.ReceiveCommit(),
            new ParticipantStep.Ack(),
            new ParticipantStep.ReceiveAbort(),
            new ParticipantStep.Inquire(),
            new ParticipantStep.CommitOnePhase(),
            new ParticipantStep.ReadOnlyOnePhase(),
            new ParticipantStep.RefuseOnePhase(),
            new ParticipantStep.UnknownOnePhase(),
            new ParticipantStep.DecideAlone(ParticipantState.HEURISTIC_COMMITTED),
            new ParticipantStep.DecideAlone(ParticipantState.HEURISTIC_ABORTED),
            new ParticipantStep.ReportDamage(true),
            new ParticipantStep.ReportDamage(false),
            new ParticipantStep.ReceiveForget(),
            new ParticipantStep.AskPeers(),
            new ParticipantStep.AnswerPeer(3),
            new ParticipantStep.AnswerPeer(7),
            new ParticipantStep.ReceivePeerAnswer(Ending.COMMITTED),
            new ParticipantStep.ReceivePeerAnswer(Ending.ABORTED));

    @Test
    void every_step_in_every_state() {
        String table = Stream.of(ParticipantState.values())
                .flatMap(state -> STEPS.stream()
                        .filter(new Participant(7, state)::allows)
                        .map(step -> row(new Participant(7, state), step)))
                .collect(Collectors.joining());
        assertEquals("""
                WORKING Refuse -> ABORTED
                WORKING Prepare: ForceRecord(7, PREPARED) -> PREPARED
                WORKING VoteReadOnly: Send(VoteOf(7, READ_ONLY)) -> READ_ONLY
                WORKING ReceiveAbort -> ABORTED
                WORKING CommitOnePhase: ForceRecord(7, COMMITTED), Send(Ended(7, COMMITTED)) -> COMMITTED
                WORKING ReadOnlyOnePhase: Send(Ended(7, COMMITTED)) -> READ_ONLY
                WORKING RefuseOnePhase: Send(Ended(7, ABORTED)) -> ABORTED
                PREPARED VoteYes: Send(VoteOf(7, YES)) -> PREPARED
                PREPARED ReceiveCommit: ForceRecord(7, COMMITTED) -> COMMITTED
                PREPARED ReceiveAbort: AppendRecord(7, ABORTED) -> ABORTED
                PREPARED Inquire: Send(Inquiry(7)) -> PREPARED
                PREPARED DecideAlone(HEURISTIC_COMMITTED): ForceRecord(7, HEURISTIC_COMMITTED) -> HEURISTIC_COMMITTED
                PREPARED DecideAlone(HEURISTIC_ABORTED): ForceRecord(7, HEURISTIC_ABORTED) -> HEURISTIC_ABORTED
                PREPARED AskPeers: Send(PeerInquiry(7)) -> PREPARED
                PREPARED ReceivePeerAnswer(COMMITTED): ForceRecord(7, COMMITTED) -> COMMITTED
                PREPARED ReceivePeerAnswer(ABORTED): AppendRecord(7, ABORTED) -> ABORTED
                COMMITTED VoteNo: Send(VoteOf(7, NO)) -> COMMITTED
                COMMITTED Ack: Send(Ack(7)) -> COMMITTED
                COMMITTED UnknownOnePhase: Send(Ended(7, UNKNOWN)) -> COMMITTED
                COMMITTED AnswerPeer(3): Send(PeerAnswer(3, COMMITTED)) -> COMMITTED
                ABORTED VoteNo: Send(VoteOf(7, NO)) -> ABORTED
                ABORTED Ack: Send(Ack(7)) -> ABORTED
                ABORTED UnknownOnePhase: Send(Ended(7, UNKNOWN)) -> ABORTED
                ABORTED AnswerPeer(3): Send(PeerAnswer(3, ABORTED)) -> ABORTED
                LOST VoteNo: Send(VoteOf(7, NO)) -> LOST
                LOST Ack: Send(Ack(7)) -> LOST
                LOST UnknownOnePhase: Send(Ended(7, UNKNOWN)) -> LOST
                READ_ONLY VoteNo: Send(VoteOf(7, NO)) -> READ_ONLY
                READ_ONLY Ack: Send(Ack(7)) -> READ_ONLY
                READ_ONLY UnknownOnePhase: Send(Ended(7, UNKNOWN)) -> READ_ONLY
                HEURISTIC_COMMITTED ReceiveCommit: ForceRecord(7, COMMITTED) -> COMMITTED
                HEURISTIC_COMMITTED Inquire: Send(Inquiry(7)) -> HEURISTIC_COMMITTED
                HEURISTIC_COMMITTED ReportDamage(false): Send(Damage(7)) -> HEURISTIC_COMMITTED
                HEURISTIC_COMMITTED ReceiveForget: ForceRecord(7, MIXED) -> MIXED
                HEURISTIC_ABORTED ReceiveAbort: AppendRecord(7, ABORTED) -> ABORTED
                HEURISTIC_ABORTED Inquire: Send(Inquiry(7)) -> HEURISTIC_ABORTED
                HEURISTIC_ABORTED ReportDamage(true): Send(Damage(7)) -> HEURISTIC_ABORTED
                HEURISTIC_ABORTED ReceiveForget: ForceRecord(7, MIXED) -> MIXED
                MIXED VoteNo: Send(VoteOf(7, NO)) -> MIXED
                MIXED Ack: Send(Ack(7)) -> MIXED
                """, table);
    }

    @Test
    void every_step_is_in_the_table() {
        assertEquals(
                Stream.of(ParticipantStep.class.getPermittedSubclasses()).collect(Collectors.toSet()),
                STEPS.stream().map(Object::getClass).collect(Collectors.toSet()));
    }

    @Test
    void a_step_that_the_table_lacks_is_a_violation() {
        Participant prepared = new Participant(7, ParticipantState.PREPARED);
        ParticipantStep refuse = new ParticipantStep.Refuse();
        assertFalse(prepared.allows(refuse));
        ProtocolViolation violation = assertThrows(ProtocolViolation.class, () -> prepared.step(refuse));
        assertTrue(violation.toString().contains("Refuse"), violation::toString);
        assertTrue(violation.toString().contains("PREPARED"), violation::toString);
    }

    @Test
    void after_a_crash_the_disk_says_where_a_branch_stands() {
        String table = Stream.of(DiskRecord.values())
                .map(disk -> disk + " -> " + Participant.recovered(7, disk).state() + "\n")
                .collect(Collectors.joining());
        assertEquals("""
                NOTHING -> LOST
                PREPARED -> PREPARED
                COMMITTED -> LOST
                ABORTED -> LOST
                HEURISTIC_COMMITTED -> HEURISTIC_COMMITTED
                HEURISTIC_ABORTED -> HEURISTIC_ABORTED
                MIXED -> LOST
                """, table);
    }

    @Test
    void only_a_decision_can_be_taken_alone() {
        for (ParticipantState state : ParticipantState.values()) {
            switch (state) {
                case HEURISTIC_COMMITTED, HEURISTIC_ABORTED ->
                    assertEquals(state, new ParticipantStep.DecideAlone(state).decided());
                case DOWN, WORKING, PREPARED, COMMITTED, ABORTED, LOST, READ_ONLY, MIXED -> {
                    IllegalArgumentException refusal =
                            assertThrows(IllegalArgumentException.class, () -> new ParticipantStep.DecideAlone(state));
                    assertTrue(refusal.toString().contains(state.toString()), refusal::toString);
                }
            }
        }
    }

    @Test
    void participants_tell_each_other_decisions_only() {
        for (Runnable wrong : List.<Runnable>of(
                () -> new ParticipantStep.ReceivePeerAnswer(Ending.UNKNOWN),
                () -> new Message.PeerAnswer(7, Ending.UNKNOWN))) {
            IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, wrong::run);
            assertTrue(refusal.toString().contains("stays silent"), refusal::toString);
        }
    }

    private static String row(Participant participant, ParticipantStep step) {
        Transition<Participant> transition = participant.step(step);
        String effects = transition.effects().stream().map(Story::words).collect(Collectors.joining(", "));
        return participant.state() + " " + Story.words(step) + (effects.isEmpty() ? "" : ": " + effects) + " -> "
                + transition.next().state() + "\n";
    }
}
