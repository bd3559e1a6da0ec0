package dev.avow.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.AbortCause;
import dev.avow.engine.Avow;
import dev.avow.engine.Finding;
import dev.avow.engine.LogClosedException;
import dev.avow.engine.LogException;
import dev.avow.engine.LogFailedException;
import dev.avow.engine.LogFullException;
import dev.avow.engine.LogRefusedException;
import dev.avow.engine.Outcome;
import dev.avow.engine.Transaction;
import dev.avow.protocol.Ending;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the log says to a decision. */
final class LogFaultTest {

    @TempDir
    Path directory;

    private final World world = new World();
    private final ScriptedParticipant orders = world.participant("orders");
    private final ScriptedParticipant payments = world.participant("payments");

    @AfterEach
    void close() {
        world.close();
    }

    private void assertNobodyHearsAnything(Avow avow, Transaction transaction) throws InterruptedException {
        world.awaitInquiries(orders, 5);
        world.awaitInquiries(payments, 5);
        assertEquals(List.of("prepare"), orders.calls(transaction.id()));
        assertEquals(List.of("prepare"), payments.calls(transaction.id()));
        assertEquals(Finding.RUNNING, avow.outcomeOf(transaction.id()));
        assertEquals(Finding.RUNNING, avow.outcomeOf("O001"));
        assertSame(transaction.commit(), transaction.abort());
    }

    private static void assertStopped(Avow avow, LogException cause) {
        IllegalStateException refused = assertThrows(IllegalStateException.class, () -> avow.begin("O003"));
        String why = cause instanceof LogRefusedException
                ? String.valueOf(cause.getMessage())
                : "the coordinator's log has stopped; open it again";
        assertEquals("O003 can't begin: " + why, refused.getMessage());
        assertSame(cause, refused.getCause());
    }

    @Test
    void a_refused_decision_is_in_doubt_and_nobody_hears_or_decides_anything_any_more() throws Exception {
        LogRefusedException fenced = new LogRefusedException("incarnation 2 has opened it");
        ScriptedLog log = world.log(directory).onCommit(ScriptedLog.failingWith(fenced));
        Avow avow = world.open(log, world.options(), orders, payments);
        Transaction other = World.begin(avow, "O002", orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        Outcome.InDoubt inDoubt = assertInstanceOf(Outcome.InDoubt.class, transaction.commit());
        assertEquals("a later incarnation of the coordinator decides", inDoubt.reason());
        assertSame(fenced, inDoubt.cause().orElseThrow());
        assertEquals(
                List.of(
                        "CoordinatorSendPrepare",
                        "CoordinatorReceiveVote",
                        "CoordinatorReceiveVote",
                        "CoordinatorRefused"),
                world.actions(transaction.id()));
        assertStopped(avow, fenced);
        assertNobodyHearsAnything(avow, transaction);
        Outcome.Aborted aborted = assertInstanceOf(Outcome.Aborted.class, other.commit());
        assertEquals(AbortCause.LOG, aborted.why());
        assertEquals("the coordinator's log has stopped", aborted.reason());
        assertSame(fenced, aborted.cause().orElseThrow());
        assertEquals(List.of("abort"), orders.calls(other.id()));
    }

    @Test
    void after_a_failed_append_nobody_hears_anything_until_the_log_is_opened_again() throws Exception {
        LogFailedException failed = new LogFailedException("fsync failed");
        ScriptedLog log = world.log(directory).onCommit(really -> {
            really.run();
            throw failed;
        });
        Avow avow = world.open(log, world.options(), orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        Outcome.InDoubt inDoubt = assertInstanceOf(Outcome.InDoubt.class, transaction.commit());
        assertEquals("the log failed while the commit was being recorded; reopening it tells", inDoubt.reason());
        assertSame(failed, inDoubt.cause().orElseThrow());
        assertStopped(avow, failed);
        assertNobodyHearsAnything(avow, transaction);
        avow.close();
        Avow reopened = world.open(directory, orders, payments);
        assertTrue(reopened.awaitRecovered(World.LONG));
        assertEquals(Map.of(transaction.id(), Ending.COMMITTED), orders.ended());
        assertEquals(Map.of(transaction.id(), Ending.COMMITTED), payments.ended());
        assertEquals(Finding.COMMITTED, reopened.outcomeOf("O001"));
    }

    @Test
    void a_failed_append_that_left_nothing_is_an_abort_after_reopening() throws Exception {
        ScriptedLog log =
                world.log(directory).onCommit(ScriptedLog.failingWith(new LogFailedException("write failed")));
        Avow avow = world.open(log, world.options(), orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        assertInstanceOf(Outcome.InDoubt.class, transaction.commit());
        assertNobodyHearsAnything(avow, transaction);
        avow.close();
        Avow reopened = world.open(directory, orders, payments);
        assertTrue(reopened.awaitRecovered(World.LONG));
        assertEquals(Map.of(transaction.id(), Ending.ABORTED), orders.ended());
        assertEquals(Map.of(transaction.id(), Ending.ABORTED), payments.ended());
        assertEquals(Finding.NO_RECORD, reopened.outcomeOf(transaction.id()));
    }

    @Test
    void a_failure_that_no_log_may_have_is_taken_for_a_failed_append() throws Exception {
        IllegalStateException lost = new IllegalStateException("replica lost");
        ScriptedLog log = world.log(directory).onCommit(ScriptedLog.failingWith(lost));
        Avow avow = world.open(log, world.options(), orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        Outcome.InDoubt inDoubt = assertInstanceOf(Outcome.InDoubt.class, transaction.commit());
        assertSame(lost, inDoubt.cause().orElseThrow().getCause());
        assertThrows(IllegalStateException.class, () -> avow.begin("O003"));
        assertNobodyHearsAnything(avow, transaction);
    }

    @Test
    void a_failure_during_close_lets_nobody_presume_either() throws Exception {
        Gate gate = world.gate();
        ScriptedLog log = world.log(directory).onCommit(really -> {
            really.run();
            try {
                gate.pass();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            throw new LogFailedException("fsync failed");
        });
        Avow avow = world.open(log, world.options(), orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        FutureTask<Outcome> commit = World.aside(transaction::commit);
        gate.awaitCall();
        FutureTask<Boolean> closing = World.aside(() -> {
            avow.close();
            return true;
        });
        world.await("the coordinator closes", () -> isClosed(avow));
        gate.open();
        assertInstanceOf(Outcome.InDoubt.class, World.resultOf(commit));
        World.resultOf(closing);
        assertEquals(Finding.RUNNING, avow.outcomeOf(transaction.id()));
        assertEquals(List.of("prepare"), orders.calls(transaction.id()));
    }

    private static boolean isClosed(Avow avow) {
        try {
            avow.begin("probe").close();
            return false;
        } catch (IllegalStateException closed) {
            return true;
        }
    }

    @Test
    void a_full_disk_aborts_and_the_next_transaction_commits() {
        LogFullException full = new LogFullException("no space left for the log");
        ScriptedLog log = world.log(directory).onCommit(ScriptedLog.failingWith(full));
        Avow avow = world.open(log, world.options(), orders, payments);
        Transaction first = World.begin(avow, "O001", orders, payments);
        Outcome.Aborted aborted = assertInstanceOf(Outcome.Aborted.class, first.commit());
        assertEquals(AbortCause.LOG, aborted.why());
        assertEquals("the commit couldn't be recorded: no space left for the log", aborted.reason());
        assertSame(full, aborted.cause().orElseThrow());
        assertEquals(Map.of(first.id(), Ending.ABORTED), payments.ended());
        World.begin(avow, "O002", orders, payments).commit().requireCommitted();
    }

    @Test
    void a_record_that_the_log_cannot_take_aborts_and_the_next_transaction_commits() {
        IllegalArgumentException tooLong = new IllegalArgumentException("a record of 20000000 bytes is too long");
        ScriptedLog log = world.log(directory).onCommit(ScriptedLog.failingWith(tooLong));
        Avow avow = world.open(log, world.options(), orders, payments);
        Transaction first = World.begin(avow, "O001", orders, payments);
        Outcome.Aborted aborted = assertInstanceOf(Outcome.Aborted.class, first.commit());
        assertSame(tooLong, aborted.cause().orElseThrow());
        assertEquals(Map.of(first.id(), Ending.ABORTED), payments.ended());
        World.begin(avow, "O002", orders, payments).commit().requireCommitted();
    }

    @Test
    void a_log_that_someone_closed_aborts() {
        LogClosedException closed = new LogClosedException("the log is closed");
        ScriptedLog log = world.log(directory).onCommit(ScriptedLog.failingWith(closed));
        Avow avow = world.open(log, world.options(), orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        assertSame(
                closed,
                assertInstanceOf(Outcome.Aborted.class, transaction.commit())
                        .cause()
                        .orElseThrow());
        assertEquals(Map.of(transaction.id(), Ending.ABORTED), payments.ended());
    }

    @Test
    void an_abort_needs_no_log() {
        ScriptedLog log = world.log(directory).onAborted(ScriptedLog.failingWith(new LogFailedException("gone")));
        Avow avow = world.open(log, world.options(), orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        assertInstanceOf(Outcome.Aborted.class, transaction.abort());
        log.onAborted(ScriptedLog.failingWith(new IllegalStateException("as no log may")));
        assertInstanceOf(
                Outcome.Aborted.class,
                World.begin(avow, "O002", orders, payments).abort());
        World.begin(avow, "O003", orders, payments).commit().requireCommitted();
    }

    @Test
    void a_failed_end_stops_the_coordinator_and_the_commit_stands() {
        LogFailedException failed = new LogFailedException("write failed");
        ScriptedLog log = world.log(directory).onEnd(ScriptedLog.failingWith(failed));
        Avow avow = world.open(log, world.options(), orders, payments);
        Transaction transaction = World.begin(avow, "O001", orders, payments);
        assertEquals(List.of(), transaction.commit().requireCommitted().beingTold());
        assertStopped(avow, failed);
    }
}
