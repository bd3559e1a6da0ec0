package dev.avow.xa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import javax.sql.XAConnection;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where a resource bears one call at a time that prepares or settles a branch, it gets one at a time. */
final class TurnTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ScriptedResource resource = new ScriptedResource();
    private final RecoverySession recovery = new RecoverySession("orders", resource, PATIENCE);

    private record Held(XAResource resource, boolean takesTurns) implements Lease {
        @Override
        public Optional<Connection> connection() {
            return Optional.empty();
        }

        @Override
        public void release(boolean reusable) {}
    }

    @FunctionalInterface
    private interface Action {
        void run() throws Exception;
    }

    private XaBranch branch(long sequence, boolean takesTurns) throws Exception {
        FakeTransaction transaction = new FakeTransaction(sequence);
        XaBranch branch =
                new XaBranch(AvowXid.of(transaction.id(), "orders"), transaction, recovery, PATIENCE, settled -> {});
        assertTrue(branch.beginOn(resource, () -> new Held(resource, takesTurns)));
        return branch;
    }

    private XaBranch prepared(long sequence) throws Exception {
        XaBranch branch = branch(sequence, true);
        branch.prepare();
        return branch;
    }

    private static CompletableFuture<Void> aside(Action action) {
        return CompletableFuture.runAsync(
                () -> {
                    try {
                        action.run();
                    } catch (Exception failure) {
                        throw new IllegalStateException(failure);
                    }
                },
                caller -> new Thread(caller).start());
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() < deadline, "it doesn't come to that");
            Thread.onSpinWait();
        }
    }

    /** Takes the turn, lets the action come, and tells what the resource is asked before and after the turn is over. */
    private void assertWaits(String asked, Action action) throws Exception {
        CompletableFuture<Void> waiting = recovery.turn().taken(() -> {
            CompletableFuture<Void> begun = aside(action);
            await(() -> recovery.turn().waiting() == 1);
            assertFalse(resource.calls().endsWith(asked), resource::calls);
            return begun;
        });
        waiting.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertTrue(resource.calls().endsWith(asked), resource::calls);
    }

    @Test
    void each_call_of_a_branch_that_prepares_or_settles_waits_for_its_turn() throws Exception {
        assertWaits(" prepare", branch(1, true)::prepare);
        assertWaits(" commit_one_phase", branch(2, true)::commitOnePhase);
        assertWaits(" rollback", branch(3, true)::abort);
        assertWaits(" commit", prepared(4)::commit);
        assertWaits(" rollback", prepared(5)::abort);
    }

    @Test
    void recovery_waits_likewise() throws Exception {
        AvowXid xid = AvowXid.of(FakeTransaction.id(1), "orders");
        assertWaits(" commit", () -> recovery.commit(xid));
        assertWaits(" rollback", () -> recovery.abort(xid));
    }

    @Test
    void other_resources_get_as_many_calls_at_once_as_there_are() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        resource.holdingPrepare(held);
        CompletableFuture<Void> first = aside(branch(1, false)::prepare);
        CompletableFuture<Void> second = aside(branch(2, false)::prepare);
        await(() -> resource.calls().split(" prepare", -1).length == 3);
        held.countDown();
        CompletableFuture.allOf(first, second).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertEquals(0, recovery.turn().waiting());
    }

    @Test
    void h2_needs_turns_by_whichever_way_it_takes_part(@TempDir Path directory) throws Exception {
        try (H2Orders h2 = new H2Orders(directory)) {
            XAConnection connection = h2.database.dataSource().getXAConnection();
            assertTrue(new Lease.Lent(connection.getXAResource()).takesTurns());
            connection.close();
            JdbcSessions sessions = new JdbcSessions("orders", h2.database.dataSource()::getXAConnection);
            Lease lease = sessions.take();
            assertTrue(lease.takesTurns());
            lease.release(false);
        }
        assertFalse(new Lease.Lent(resource).takesTurns());
    }
}
