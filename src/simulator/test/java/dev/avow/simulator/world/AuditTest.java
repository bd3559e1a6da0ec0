package dev.avow.simulator.world;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.avow.engine.CommitRecord;
import dev.avow.protocol.Ending;
import dev.avow.protocol.Message;
import dev.avow.simulator.Flaw;
import dev.avow.simulator.Knob;
import dev.avow.simulator.Rule;
import dev.avow.simulator.Settings;
import dev.avow.simulator.Violation;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A world at rest in which one thing isn't settled: the audit says which. */
class AuditTest {
    private static final int MEMBER = 0;

    /** One coordinator, one participant, and nothing that goes wrong by itself. */
    private final World world = new World(calm(), 1, Flaw.NONE, false);

    private static Settings calm() {
        Settings settings = Settings.usual();
        for (Knob knob : Knob.values()) {
            settings = settings.with(knob, knob.least());
        }
        return settings;
    }

    private CoordinatorNode coordinator() {
        return world.coordinators().get(0);
    }

    private ParticipantNode participant() {
        return world.participants().get(0);
    }

    private void open() {
        coordinator().open();
        participant().open();
    }

    /** A transaction that has begun, at whose participant some work was done, and whose caller has its answer. */
    private Truth begun() {
        Truth truth =
                new Truth(1, coordinator().newest().orElseThrow().nextId(), coordinator().lane, Truth.with(0, MEMBER));
        world.add(truth);
        truth.reply = Optional.of(Ending.UNKNOWN);
        participant().work(truth, Ledger.Deed.WRITES, 0);
        return truth;
    }

    private void arrives(Truth truth, Message message) {
        participant().receive(new Network.Letter(coordinator().lane, participant().lane, truth, message, 1));
    }

    private void requireComplaint(Rule rule, String lane, String text) {
        new Audit(world).requireSettled();
        Violation violation = world.judge.violation().orElseThrow(() -> new AssertionError("nothing is complained of"));
        assertEquals(List.of(rule, lane, text), List.of(violation.rule(), violation.lane(), violation.text()));
    }

    @Test
    void a_world_in_which_all_is_settled_passes() {
        open();
        Truth truth = begun();
        arrives(truth, new Message.Prepare(MEMBER));
        truth.toldCommit = Truth.with(0, MEMBER);
        arrives(truth, new Message.Commit(MEMBER));
        new Audit(world).requireSettled();
        assertEquals(Optional.empty(), world.judge.violation());
        assertEquals(Truth.with(0, MEMBER), truth.committedDurably);
    }

    @Test
    void a_participant_that_never_came_back_is_named() {
        coordinator().open();
        requireComplaint(Rule.TERMINATION, "participant 1", "it never came back");
    }

    @Test
    void a_coordinator_that_never_came_back_is_named() {
        participant().open();
        requireComplaint(Rule.TERMINATION, "coordinator 1", "it never came back");
    }

    @Test
    void a_participant_in_doubt_is_named() {
        open();
        arrives(begun(), new Message.Prepare(MEMBER));
        requireComplaint(Rule.TERMINATION, "participant 1", "it never learns the decision");
    }

    @Test
    void a_coordinator_with_an_unfinished_commit_is_named() {
        open();
        Truth truth = begun();
        coordinator()
                .newest()
                .orElseThrow()
                .log()
                .appendCommit(new CommitRecord(truth.id, truth.name, List.of("P" + MEMBER)));
        requireComplaint(Rule.TERMINATION, "coordinator 1", "its log still holds an unfinished commit");
    }

    @Test
    void a_caller_without_an_answer_is_missed() {
        open();
        begun().reply = Optional.empty();
        requireComplaint(Rule.TERMINATION, "coordinator 1", "the caller was never answered");
    }

    @Test
    void what_a_participant_did_is_compared_with_what_its_disk_holds() {
        open();
        Truth truth = begun();
        // It acted on a commit, and nothing of it was ever written.
        truth.working = 0;
        truth.actedCommit = Truth.with(0, MEMBER);
        requireComplaint(Rule.FORGET_AFTER_ACKS, "participant 1", "what it had committed is gone");
    }

    @Test
    void a_promise_is_compared_with_what_the_disk_holds() {
        open();
        Truth truth = begun();
        truth.working = 0;
        truth.prepared = Truth.with(0, MEMBER);
        requireComplaint(Rule.VOTE_DURABLE, "participant 1", "its prepared record is gone");
    }
}
