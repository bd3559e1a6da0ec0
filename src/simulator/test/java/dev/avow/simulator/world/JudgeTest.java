package dev.avow.simulator.world;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.TransactionId;
import dev.avow.protocol.Ending;
import dev.avow.protocol.Message;
import dev.avow.protocol.Vote;
import dev.avow.simulator.Rule;
import dev.avow.simulator.Violation;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What happened, and the rule that it breaks: one case at least for each thing that the judge looks at. */
class JudgeTest {
    private static final int COORDINATOR = 0;
    /** The two participants of the transaction. */
    private static final int P1 = 0;

    private static final int P2 = 1;
    private static final int BOTH = 3;

    /**
     * Something that may not happen.
     *
     * @param lane who is blamed
     * @param text how the complaint begins
     * @param event told to a judge of a transaction of which nothing is known yet but that it is undecided
     */
    private record Case(String what, Rule rule, String lane, String text, BiConsumer<Judge, Truth> event) {
        @Override
        public String toString() {
            return what;
        }
    }

    private static Case atCoordinator(String what, Rule rule, String text, BiConsumer<Judge, Truth> event) {
        return new Case(what, rule, "coordinator 1", text, event);
    }

    private static Case atParticipant(String what, Rule rule, String text, BiConsumer<Judge, Truth> event) {
        return new Case(what, rule, "participant 1", text, event);
    }

    static Stream<Case> broken() {
        return Stream.of(
                        sending(),
                        recording(),
                        forgetting(),
                        telling(),
                        finding(),
                        voting(),
                        acting(),
                        answeringPeers())
                .flatMap(List::stream);
    }

    private static List<Case> sending() {
        return List.of(
                atCoordinator(
                        "a commit leaves unrecorded",
                        Rule.DECISION_DURABLE,
                        "a commit leaves before its record is durable",
                        (judge, truth) -> {
                            truth.deciding = false;
                            judge.sends(truth, P1, new Message.Commit(P1));
                        }),
                atCoordinator(
                        "a commit leaves undecided",
                        Rule.ANSWER_ONLY_DECIDED,
                        "a commit leaves while the transaction is still being decided",
                        (judge, truth) -> {
                            truth.recorded = true;
                            judge.sends(truth, P1, new Message.Commit(P1));
                        }),
                atCoordinator(
                        "an abort leaves undecided",
                        Rule.ANSWER_ONLY_DECIDED,
                        "an abort leaves while the transaction is still being decided",
                        (judge, truth) -> judge.sends(truth, P1, new Message.Abort(P1))));
    }

    private static List<Case> recording() {
        return List.of(atCoordinator(
                "an earlier incarnation decides after a later one has opened",
                Rule.FENCED,
                "incarnation 1 appended a decision after incarnation 2 had opened the log",
                (judge, truth) -> {
                    judge.opened(COORDINATOR, 2);
                    judge.recorded(truth, 1, true);
                }));
    }

    private static List<Case> answeringPeers() {
        return List.of(
                atParticipant(
                        "a peer hears of a commit without a record",
                        Rule.PEERS_NEVER_PRESUME,
                        "a participant told another one of a commit of which there is no record",
                        (judge, truth) -> judge.answers(truth, P1, P2, Ending.COMMITTED)),
                atParticipant(
                        "a peer hears of an abort, and the commit is recorded",
                        Rule.PEERS_NEVER_PRESUME,
                        "a participant told another one of an abort, and the commit is recorded",
                        (judge, truth) -> {
                            truth.recorded = true;
                            judge.answers(truth, P1, P2, Ending.ABORTED);
                        }),
                atCoordinator(
                        "a commit is recorded of whose abort a peer has heard",
                        Rule.PEERS_NEVER_PRESUME,
                        "a participant told another one of an abort, and the commit is recorded",
                        (judge, truth) -> {
                            judge.answers(truth, P1, P2, Ending.ABORTED);
                            judge.recorded(truth, 1, true);
                        }));
    }

    private static List<Case> forgetting() {
        return List.of(
                atCoordinator(
                        "a commit is forgotten that a participant has not made durable",
                        Rule.FORGET_AFTER_ACKS,
                        "the commit is forgotten before participant 1 has durably committed and said so",
                        (judge, truth) -> {
                            decided(truth);
                            truth.committedDurably = Truth.with(0, P2);
                            judge.ends(truth);
                        }),
                atCoordinator(
                        "a commit is forgotten that a participant has not acknowledged",
                        Rule.FORGET_AFTER_ACKS,
                        "the commit is forgotten before participant 1 has durably committed and said so",
                        (judge, truth) -> {
                            decided(truth);
                            truth.saidAck = Truth.with(0, P2);
                            judge.ends(truth);
                        }),
                atCoordinator(
                        "a commit is forgotten whose contradiction is not reported",
                        Rule.HEURISTIC_REPORTED,
                        "the commit is forgotten, and nobody was told that participant 1 had aborted alone",
                        (judge, truth) -> {
                            decided(truth);
                            truth.abortedAlone = Truth.with(0, P1);
                            judge.ends(truth);
                        }));
    }

    private static List<Case> telling() {
        return List.of(
                atCoordinator(
                        "the caller hears that it aborted, and the commit is recorded",
                        Rule.PRESUMED_ABORT,
                        "the caller was told \"aborted\", and the commit is recorded",
                        (judge, truth) -> {
                            truth.recorded = true;
                            judge.told(truth, Ending.ABORTED);
                        }),
                atCoordinator(
                        "the caller hears that it committed, and a participant aborted",
                        Rule.REPLY_TRUE,
                        "the caller was told COMMITTED, and nobody committed, participant 1 aborted",
                        (judge, truth) -> {
                            truth.actedAbort = Truth.with(0, P1);
                            judge.told(truth, Ending.COMMITTED);
                        }),
                atCoordinator(
                        "the caller hears that it aborted, and a participant committed",
                        Rule.REPLY_TRUE,
                        "the caller was told ABORTED, and participant 1 committed, nobody aborted",
                        (judge, truth) -> {
                            truth.actedCommit = Truth.with(0, P1);
                            judge.told(truth, Ending.ABORTED);
                        }),
                atParticipant(
                        "a participant aborts after the caller heard of a commit",
                        Rule.REPLY_TRUE,
                        "the caller was told COMMITTED, and nobody committed, participant 1 aborted",
                        (judge, truth) -> {
                            judge.told(truth, Ending.COMMITTED);
                            judge.aborted(truth, P1);
                        }));
    }

    private static List<Case> finding() {
        return List.of(
                atCoordinator(
                        "the log holds a commit that nobody decided",
                        Rule.PRESUMED_ABORT,
                        "the log holds a commit that nobody decided",
                        (judge, truth) -> judge.found(truth, true)),
                atCoordinator(
                        "a commit appears that an earlier opening has presumed aborted",
                        Rule.FENCED,
                        "the log holds a commit that an earlier opening didn't find",
                        (judge, truth) -> {
                            truth.attempted = true;
                            judge.found(truth, false);
                            judge.found(truth, true);
                        }),
                atCoordinator(
                        "a durable commit record is gone",
                        Rule.DECISION_DURABLE,
                        "the commit record was durable, and the reopened log doesn't list it",
                        (judge, truth) -> {
                            truth.recorded = true;
                            judge.found(truth, false);
                        }),
                atCoordinator(
                        "a commit is found of which the caller heard that it aborted",
                        Rule.PRESUMED_ABORT,
                        "the caller was told \"aborted\", and the commit is recorded",
                        (judge, truth) -> {
                            truth.attempted = true;
                            judge.told(truth, Ending.ABORTED);
                            judge.found(truth, true);
                        }));
    }

    private static List<Case> voting() {
        return List.of(
                atParticipant(
                        "a participant votes yes for unknown work",
                        Rule.UNKNOWN_VOTES_NO,
                        "a yes vote leaves for work that it doesn't hold",
                        (judge, truth) -> judge.sends(truth, P1, Vote.YES, true)),
                atParticipant(
                        "a participant votes yes for work that it has not prepared",
                        Rule.VOTE_DURABLE,
                        "a yes vote leaves before the prepared record is durable",
                        (judge, truth) -> {
                            truth.working = Truth.with(0, P1);
                            judge.sends(truth, P1, Vote.YES, true);
                        }),
                atParticipant(
                        "a participant votes yes while its log isn't durable",
                        Rule.VOTE_DURABLE,
                        "a yes vote leaves before the prepared record is durable",
                        (judge, truth) -> {
                            truth.prepared = Truth.with(0, P1);
                            judge.sends(truth, P1, Vote.YES, false);
                        }),
                atParticipant(
                        "a participant prepares unknown work",
                        Rule.UNKNOWN_VOTES_NO,
                        "work is prepared that it doesn't hold",
                        (judge, truth) -> judge.prepared(truth, P1, true)));
    }

    private static List<Case> acting() {
        return List.of(
                atParticipant(
                        "a participant commits alone after its yes vote",
                        Rule.NO_REGRET,
                        "it committed after its yes vote, and nobody told it to",
                        (judge, truth) -> {
                            truth.saidYes = Truth.with(0, P1);
                            truth.toldCommit = Truth.with(0, P2);
                            judge.committed(truth, P1, true);
                        }),
                atParticipant(
                        "a participant aborts alone after its yes vote",
                        Rule.NO_REGRET,
                        "it aborted after its yes vote, and nobody told it to",
                        (judge, truth) -> {
                            truth.saidYes = Truth.with(0, P1);
                            truth.toldAbort = Truth.with(0, P2);
                            judge.aborted(truth, P1);
                        }),
                atParticipant(
                        "one commits after another has aborted",
                        Rule.AGREEMENT,
                        "participant 1 committed and participant 2 aborted",
                        (judge, truth) -> {
                            judge.aborted(truth, P2);
                            judge.committed(truth, P1, true);
                        }),
                atParticipant(
                        "one aborts after another has committed",
                        Rule.AGREEMENT,
                        "participant 2 committed and participant 1 aborted",
                        (judge, truth) -> {
                            judge.committed(truth, P2, false);
                            judge.aborted(truth, P1);
                        }),
                atParticipant(
                        "the evidence of a contradiction is dropped unreported",
                        Rule.HEURISTIC_REPORTED,
                        "the evidence of a decision alone is dropped, and the contradiction isn't durably reported",
                        (judge, truth) -> {
                            truth.reported = Truth.with(0, P2);
                            judge.mixed(truth, P1);
                        }));
    }

    /** A commit of both participants, durable and acknowledged everywhere. */
    private static void decided(Truth truth) {
        truth.deciding = false;
        truth.recorded = true;
        truth.recordedFor = BOTH;
        truth.committedDurably = BOTH;
        truth.saidAck = BOTH;
    }

    @ParameterizedTest
    @MethodSource("broken")
    void what_may_not_happen_breaks_its_rule(Case one) {
        Judge judge = judge();
        one.event().accept(judge, truth(BOTH));
        Violation violation = judge.violation().orElseThrow(() -> new AssertionError("nothing is broken"));
        assertEquals(
                List.of(one.rule(), one.lane(), "T1", one.text()),
                List.of(violation.rule(), violation.lane(), violation.transaction(), violation.text()));
    }

    @Test
    void every_rule_but_termination_is_broken_by_a_case() {
        assertEquals(
                Stream.of(Rule.values())
                        .filter(rule -> rule != Rule.TERMINATION)
                        .toList(),
                broken().map(Case::rule).distinct().sorted().toList());
    }

    @Test
    void a_commit_as_it_should_be_breaks_nothing() {
        Judge judge = judge();
        Truth truth = truth(BOTH);
        truth.working = BOTH;
        for (int member : new int[] {P1, P2}) {
            judge.prepared(truth, member, true);
            judge.sends(truth, member, Vote.YES, true);
        }
        truth.attempted = true;
        truth.recordedFor = BOTH;
        judge.recorded(truth, 1, true);
        truth.deciding = false;
        judge.told(truth, Ending.COMMITTED);
        for (int member : new int[] {P1, P2}) {
            judge.sends(truth, member, new Message.Commit(member));
            judge.committed(truth, member, true);
            truth.saidAck = Truth.with(truth.saidAck, member);
        }
        judge.found(truth, true);
        judge.ends(truth);
        judge.found(truth, false);
        assertEquals(Optional.empty(), judge.violation());
        assertTrue(truth.ended);
    }

    @Test
    void an_abort_as_it_should_be_breaks_nothing() {
        Judge judge = judge();
        Truth truth = truth(BOTH);
        truth.working = BOTH;
        judge.prepared(truth, P1, true);
        judge.sends(truth, P1, Vote.YES, true);
        judge.sends(truth, P2, Vote.NO, true);
        judge.aborted(truth, P2);
        truth.deciding = false;
        judge.told(truth, Ending.ABORTED);
        judge.sends(truth, P1, new Message.Abort(P1));
        judge.aborted(truth, P1);
        judge.found(truth, false);
        assertEquals(Optional.empty(), judge.violation());
    }

    @Test
    void a_reported_contradiction_may_be_forgotten() {
        Judge judge = judge();
        Truth truth = truth(BOTH);
        decided(truth);
        truth.committedDurably = Truth.with(0, P2);
        truth.abortedAlone = Truth.with(0, P1);
        truth.reported = Truth.with(0, P1);
        judge.mixed(truth, P1);
        judge.ends(truth);
        assertEquals(Optional.empty(), judge.violation());
    }

    @Test
    void a_former_incarnation_does_not_count_as_deciding() {
        Judge judge = judge();
        judge.opened(COORDINATOR, 2);
        judge.sends(truth(BOTH), P1, new Message.Abort(P1));
        assertEquals(Optional.empty(), judge.violation());
    }

    @Test
    void what_was_not_durable_is_not_taken_for_it() {
        Judge judge = judge();
        Truth truth = truth(BOTH);
        truth.working = BOTH;
        judge.prepared(truth, P1, false);
        judge.recorded(truth, 1, false);
        judge.committed(truth, P2, false);
        assertFalse(truth.recorded);
        assertEquals(0, truth.prepared | truth.committedDurably);
    }

    @Test
    void the_first_reply_and_the_first_broken_rule_stay() {
        Judge judge = judge();
        Truth truth = truth(BOTH);
        judge.told(truth, Ending.UNKNOWN);
        judge.told(truth, Ending.COMMITTED);
        assertTrue(truth.wasTold(Ending.UNKNOWN));
        judge.mixed(truth, P1);
        judge.prepared(truth, P1, true);
        assertEquals(Optional.of(Rule.HEURISTIC_REPORTED), judge.violation().map(Violation::rule));
    }

    private static Judge judge() {
        Agenda agenda = new Agenda();
        List<String> lanes = List.of("coordinator 1", "participant 1", "participant 2");
        Judge judge = new Judge(agenda, new Recorder(agenda, lanes, false), 1);
        judge.opened(COORDINATOR, 1);
        return judge;
    }

    private static Truth truth(int members) {
        return new Truth(1, TransactionId.of(7, 1, 1), COORDINATOR, members);
    }
}
