package dev.avow.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.avow.engine.Avow;
import dev.avow.engine.Observer;
import dev.avow.engine.Outcome;
import dev.avow.engine.Transaction;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.CoordinatorState;
import dev.avow.protocol.Vote;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps under the spec's names. Participants that don't block make their order certain. */
final class ObserverTest {

    @TempDir
    Path directory;

    private final World world = new World();
    private final ScriptedParticipant orders = world.participant("orders").withoutBlocking();
    private final ScriptedParticipant payments = world.participant("payments").withoutBlocking();

    @AfterEach
    void close() {
        world.close();
    }

    private List<String> told(Transaction transaction) {
        return world.steps(transaction.id()).stream()
                .map(step -> String.join(
                                " ",
                                step.action(),
                                step.participant().orElse("all"),
                                step.detail(),
                                step.state().toString())
                        .replace("  ", " "))
                .toList();
    }

    @Test
    void a_commit_takes_exactly_these_steps() {
        Avow avow = world.open(directory, orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        transaction.commit().requireCommitted();
        assertEquals(
                List.of(
                        "CoordinatorSendPrepare all PREPARING",
                        "CoordinatorReceiveVote orders YES PREPARING",
                        "CoordinatorReceiveVote payments YES PREPARING",
                        "CoordinatorDecideCommit all COMMITTING",
                        "CoordinatorSendCommit all COMMITTING",
                        "CoordinatorReceiveAck orders COMMITTING",
                        "CoordinatorReceiveAck payments COMMITTING",
                        "CoordinatorForget all FORGOTTEN"),
                told(transaction));
        Observer.Step first = world.steps(transaction.id()).get(0);
        assertEquals(
                new Observer.Step(
                        transaction.id(),
                        "O001",
                        "CoordinatorSendPrepare",
                        Optional.empty(),
                        "",
                        CoordinatorState.PREPARING),
                first);
    }

    @Test
    void an_abort_of_the_application_and_one_by_a_vote_take_exactly_these_steps() {
        Avow avow = world.open(directory, orders, payments);
        Transaction wished = World.begin(avow, "O001", orders, payments);
        wished.abort();
        assertEquals(List.of("CoordinatorDecideAbort all ABORTED"), told(wished));
        orders.onPrepare(id -> Vote.NO);
        Transaction refused = World.begin(avow, "O002", orders, payments);
        assertInstanceOf(Outcome.Aborted.class, refused.commit());
        assertEquals(
                List.of(
                        "CoordinatorSendPrepare all PREPARING",
                        "CoordinatorReceiveVote orders NO PREPARING",
                        "CoordinatorDecideAbort all ABORTED"),
                told(refused));
    }

    @Test
    void readOnly_and_one_phase_take_exactly_these_steps() {
        Avow avow = world.open(directory, orders, payments);
        Transaction alone = World.begin(avow, "O001", orders);
        alone.commit().requireCommitted();
        assertEquals(
                List.of("CoordinatorSendOnePhase all ONE_PHASE", "CoordinatorReceiveEnded orders COMMITTED FORGOTTEN"),
                told(alone));
        orders.onPrepare(id -> Vote.READ_ONLY);
        payments.onPrepare(id -> Vote.READ_ONLY);
        Transaction readOnly = World.begin(avow, "O002", orders, payments);
        readOnly.commit().requireCommitted();
        assertEquals(
                List.of(
                        "CoordinatorSendPrepare all PREPARING",
                        "CoordinatorReceiveVote orders READ_ONLY PREPARING",
                        "CoordinatorReceiveVote payments READ_ONLY PREPARING",
                        "CoordinatorDecideReadOnly all FORGOTTEN"),
                told(readOnly));
    }

    @Test
    void it_sees_the_beginning_each_call_with_its_failure_and_the_end() {
        Journal journal = new Journal();
        Avow avow = world.open(directory, world.options().withObserver(journal), orders, payments);
        World.begin(avow, "O001", orders, payments).commit().requireCommitted();
        orders.onPrepare(id -> {
            throw new IllegalStateException("the shelf is empty");
        });
        World.begin(avow, "O002", orders, payments).commit();
        World.begin(avow, "O003", payments).commit();
        assertEquals(
                List.of(
                        "O001 begins",
                        "prepare orders",
                        "prepare orders done",
                        "prepare payments",
                        "prepare payments done",
                        "commit orders",
                        "commit orders done",
                        "commit payments",
                        "commit payments done",
                        "O001 Committed",
                        "O002 begins",
                        "prepare orders",
                        "prepare orders: the shelf is empty",
                        "abort orders",
                        "abort orders done",
                        "abort payments",
                        "abort payments done",
                        "O002 Aborted",
                        "O003 begins",
                        "onePhase payments",
                        "onePhase payments done",
                        "O003 Committed"),
                journal.lines);
    }

    @Test
    void of_two_observers_each_sees_everything_though_the_other_fails_wherever_it_can() {
        for (boolean failingFirst : List.of(true, false)) {
            Journal journal = new Journal();
            Observer both = failingFirst ? new Failing().andThen(journal) : journal.andThen(new Failing());
            Avow avow = world.open(directory, world.options().withObserver(both), orders, payments);
            World.begin(avow, "O001", orders).commit().requireCommitted();
            World.begin(avow, "O002", orders, payments).abort();
            avow.close();
            assertEquals(
                    List.of(
                            "O001 begins",
                            "onePhase orders",
                            "onePhase orders done",
                            "O001 Committed",
                            "O002 begins",
                            "abort orders",
                            "abort orders done",
                            "abort payments",
                            "abort payments done",
                            "O002 Aborted"),
                    journal.lines);
        }
    }

    /** Of participants that don't block, so that all is written by one thread. */
    private static final class Journal implements Observer {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void observe(Step step) {}

        @Override
        public void began(TransactionId id, String name) {
            lines.add(name + " begins");
        }

        @Override
        public void ended(Outcome outcome) {
            lines.add(outcome.name() + " " + outcome.getClass().getSimpleName());
        }

        @Override
        public Call calling(TransactionId id, String name, String participant, String message) {
            lines.add(message + " " + participant);
            return failure -> lines.add(message + " " + participant
                    + failure.map(thrown -> ": " + thrown.getMessage()).orElse(" done"));
        }
    }

    /** Fails wherever it can. */
    private static final class Failing implements Observer {
        private static Error defect() {
            return new Error("an observer's defect");
        }

        @Override
        public void observe(Step step) {
            throw defect();
        }

        @Override
        public void began(TransactionId id, String name) {
            throw defect();
        }

        @Override
        public void ended(Outcome outcome) {
            throw defect();
        }

        @Override
        public Call calling(TransactionId id, String name, String participant, String message) {
            if (message.equals("prepare") || message.equals("abort")) {
                throw defect();
            }
            return failure -> {
                throw defect();
            };
        }
    }

    @Test
    void an_observer_that_fails_does_no_harm() throws Exception {
        Observer failing = step -> {
            if (step.action().endsWith("Ack")) {
                throw new AssertionError("an observer's defect");
            }
            throw new IllegalStateException("an observer's defect");
        };
        Avow avow = world.open(directory, world.options().withObserver(failing), orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        assertEquals(List.of(), transaction.commit().requireCommitted().beingTold());
        avow.close();
        Avow another = world.open(directory, world.options().withObserver(new Failing()), orders, payments);
        Transaction second = World.begin(another, "O002", orders, payments);
        assertEquals(List.of(), second.commit().requireCommitted().beingTold());
        assertEquals(true, another.awaitRecovered(World.LONG));
    }
}
