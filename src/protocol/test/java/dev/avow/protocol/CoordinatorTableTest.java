package dev.avow.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Which steps the coordinator allows where, and what must not be one. */
class CoordinatorTableTest {
    private static final List<CoordinatorStep> STEPS = List.of(
            new CoordinatorStep.SendPrepare(),
            new CoordinatorStep.ReceiveVote(0, Vote.YES),
            new CoordinatorStep.ReceiveVote(1, Vote.YES),
            new CoordinatorStep.DecideCommit(),
            new CoordinatorStep.Refused(),
            new CoordinatorStep.DecideReadOnly(),
            new CoordinatorStep.DecideAbort(),
            new CoordinatorStep.SendCommit(),
            new CoordinatorStep.ReceiveAck(0),
            new CoordinatorStep.ReceiveAck(1),
            new CoordinatorStep.Forget(),
            new CoordinatorStep.Answer(0),
            new CoordinatorStep.Answer(1),
            new CoordinatorStep.ReceiveDamage(0),
            new CoordinatorStep.SendForget(0),
            new CoordinatorStep.SendOnePhase(),
            new CoordinatorStep.ReceiveEnded(0, Ending.COMMITTED),
            new CoordinatorStep.GiveUpOnePhase());

    @Test
    void every_state_allows_these_steps() {
        Coordinator preparing = after(Coordinator.working(2), new CoordinatorStep.SendPrepare());
        Coordinator committing = Coordinator.recovered(2, BranchSet.of(0));
        BranchSet zero = BranchSet.of(0);
        BranchSet none = BranchSet.empty();
        Map<String, Coordinator> coordinators = new LinkedHashMap<>();
        coordinators.put("working", Coordinator.working(2));
        coordinators.put("working alone", Coordinator.working(1));
        coordinators.put("no votes", preparing);
        coordinators.put("yes and nothing", voted(preparing, Vote.YES));
        coordinators.put("yes and yes", voted(preparing, Vote.YES, Vote.YES));
        coordinators.put("yes and readOnly", voted(preparing, Vote.YES, Vote.READ_ONLY));
        coordinators.put("yes and no", voted(preparing, Vote.YES, Vote.NO));
        coordinators.put("readOnly and nothing", voted(preparing, Vote.READ_ONLY));
        coordinators.put("readOnly and readOnly", voted(preparing, Vote.READ_ONLY, Vote.READ_ONLY));
        coordinators.put("readOnly and no", voted(preparing, Vote.READ_ONLY, Vote.NO));
        coordinators.put("no and no", voted(preparing, Vote.NO, Vote.NO));
        coordinators.put("one phase", after(Coordinator.working(1), new CoordinatorStep.SendOnePhase()));
        coordinators.put("committing 0", committing);
        coordinators.put("committing 0, damage", after(committing, new CoordinatorStep.ReceiveDamage(0)));
        coordinators.put("committing 0, acknowledged", after(committing, new CoordinatorStep.ReceiveAck(0)));
        coordinators.put("aborted", after(preparing, new CoordinatorStep.DecideAbort()));
        coordinators.put("forgotten", Coordinator.unknown(2));
        coordinators.put("forgotten, damage", after(Coordinator.unknown(2), new CoordinatorStep.ReceiveDamage(0)));
        coordinators.put(
                "forgotten, readOnly",
                after(voted(preparing, Vote.READ_ONLY, Vote.READ_ONLY), new CoordinatorStep.DecideReadOnly()));
        coordinators.put("forgotten, reported before", Coordinator.unknown(2).withReports(zero));
        Coordinator three = after(Coordinator.working(3), new CoordinatorStep.SendPrepare());
        coordinators.put(
                "committing 0 and 1, readOnly 2, 0 acknowledged",
                after(
                        after(voted(three, Vote.YES, Vote.YES, Vote.READ_ONLY), new CoordinatorStep.DecideCommit()),
                        new CoordinatorStep.ReceiveAck(0)));
        coordinators.put("refused", after(voted(preparing, Vote.YES, Vote.YES), new CoordinatorStep.Refused()));
        coordinators.put(
                "down while committing 0, damage",
                new Coordinator(CoordinatorState.DOWN, 2, zero, none, none, zero, none, zero));
        String table = coordinators.entrySet().stream()
                .map(row -> row.getKey() + ": " + allowed(row.getValue()) + "\n")
                .collect(Collectors.joining());
        assertEquals("""
                working: SendPrepare DecideAbort
                working alone: DecideAbort SendOnePhase
                no votes: ReceiveVote(0, YES) ReceiveVote(1, YES) DecideAbort
                yes and nothing: ReceiveVote(1, YES) DecideAbort
                yes and yes: DecideCommit Refused DecideAbort
                yes and readOnly: DecideCommit Refused DecideAbort
                yes and no: DecideAbort
                readOnly and nothing: ReceiveVote(1, YES) DecideAbort
                readOnly and readOnly: DecideReadOnly DecideAbort
                readOnly and no: DecideAbort
                no and no: DecideAbort
                one phase: ReceiveEnded(0, COMMITTED) GiveUpOnePhase
                committing 0: SendCommit ReceiveAck(0) Answer(0) ReceiveDamage(0)
                committing 0, damage: SendCommit ReceiveAck(0) Answer(0) SendForget(0)
                committing 0, acknowledged: Refused Forget Answer(0) ReceiveDamage(0)
                aborted: Answer(0) Answer(1) ReceiveDamage(0)
                forgotten: Answer(0) Answer(1) ReceiveDamage(0)
                forgotten, damage: Answer(0) Answer(1) SendForget(0)
                forgotten, readOnly: Answer(0) Answer(1) ReceiveDamage(0)
                forgotten, reported before: Answer(0) Answer(1) SendForget(0)
                committing 0 and 1, readOnly 2, 0 acknowledged: SendCommit ReceiveAck(1) Answer(0) Answer(1) ReceiveDamage(0)
                refused:\s
                down while committing 0, damage:\s
                """, table);
    }

    @Test
    void every_step_is_in_the_table() {
        assertEquals(
                Stream.of(CoordinatorStep.class.getPermittedSubclasses()).collect(Collectors.toSet()),
                STEPS.stream().map(Object::getClass).collect(Collectors.toSet()));
    }

    @Test
    void a_step_that_the_table_lacks_is_a_violation() {
        Coordinator working = Coordinator.working(2);
        ProtocolViolation violation =
                assertThrows(ProtocolViolation.class, () -> working.step(new CoordinatorStep.DecideCommit()));
        assertTrue(violation.toString().contains("DecideCommit"), violation::toString);
        assertTrue(violation.toString().contains("WORKING"), violation::toString);
    }

    @Test
    void a_transaction_has_a_branch() {
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> Coordinator.working(0));
        assertTrue(refusal.toString().contains("0 branches"), refusal::toString);
    }

    @Test
    void an_inquiry_is_answered_by_what_is_recorded() {
        assertEquals(
                List.of(new Effect.Send(new Message.Commit(0))),
                Coordinator.recovered(2, BranchSet.of(0))
                        .step(new CoordinatorStep.Answer(0))
                        .effects());
        assertEquals(
                List.of(new Effect.Send(new Message.Abort(0))),
                Coordinator.unknown(2).step(new CoordinatorStep.Answer(0)).effects());
    }

    @Test
    void the_effects_of_a_transition_cannot_be_changed() {
        List<Effect> effects =
                Coordinator.working(2).step(new CoordinatorStep.DecideAbort()).effects();
        assertThrows(UnsupportedOperationException.class, () -> effects.remove(0));
    }

    private static String allowed(Coordinator coordinator) {
        return STEPS.stream().filter(coordinator::allows).map(Story::words).collect(Collectors.joining(" "));
    }

    private static Coordinator after(Coordinator coordinator, CoordinatorStep step) {
        return coordinator.step(step).next();
    }

    @Test
    void a_vote_counts_as_what_it_is_and_as_nothing_else() {
        Coordinator preparing = after(Coordinator.working(3), new CoordinatorStep.SendPrepare());
        Coordinator voted = voted(preparing, Vote.YES, Vote.READ_ONLY, Vote.NO);
        assertEquals(BranchSet.of(0), voted.yes());
        assertEquals(BranchSet.of(1), voted.readOnly());
        assertEquals(BranchSet.of(2), voted.no());
    }

    private static Coordinator voted(Coordinator coordinator, Vote... votes) {
        Coordinator voted = coordinator;
        for (int branch = 0; branch < votes.length; branch++) {
            voted = after(voted, new CoordinatorStep.ReceiveVote(branch, votes[branch]));
        }
        return voted;
    }
}
