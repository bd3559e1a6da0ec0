package dev.avow.jta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.XADataSource;
import javax.transaction.xa.XAException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Drivers that throw what no driver may: the thread is free afterwards, and nothing of the transaction is left. */
final class FailingDriversTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "end,      IllegalArgumentException",
        "prepare,  IllegalArgumentException",
        "commit,   IllegalArgumentException",
        "rollback, IllegalArgumentException",
        "end,      NoClassDefFoundError",
        "prepare,  NoClassDefFoundError",
        "commit,   NoClassDefFoundError",
        "rollback, NoClassDefFoundError"
    })
    void a_bug_in_any_call_ends_the_transaction_and_frees_the_thread(String call, String bug) throws Exception {
        try (PolicedPair pair = new PolicedPair(folder)) {
            pair.orders.once(call, () -> fail(bug));
            pair.manager.begin();
            pair.enlist(pair.broker);
            pair.enlist(pair.orders);
            switch (call) {
                case "commit" -> pair.manager.commit();
                case "rollback" -> pair.manager.rollback();
                default -> assertThrows(RollbackException.class, pair.manager::commit);
            }
            assertEquals(Status.STATUS_NO_TRANSACTION, pair.manager.getStatus());
            pair.awaitSettled();
        }
    }

    private static void fail(String bug) {
        if (bug.equals("NoClassDefFoundError")) {
            throw new NoClassDefFoundError("a jar is missing");
        }
        throw new IllegalArgumentException("the driver's bug");
    }

    @ParameterizedTest
    @ValueSource(strings = {"IllegalArgumentException", "NoClassDefFoundError"})
    void a_bug_in_start_leaves_only_the_rollback(String bug) throws Exception {
        try (PolicedPair pair = new PolicedPair(folder)) {
            pair.orders.once("start", () -> fail(bug));
            pair.manager.begin();
            pair.enlist(pair.broker);
            assertThrows(SystemException.class, () -> pair.enlist(pair.orders));
            assertEquals(Status.STATUS_MARKED_ROLLBACK, pair.manager.getStatus());
            assertThrows(RollbackException.class, pair.manager::commit);
            pair.awaitSettled();
        }
    }

    @Test
    void one_that_can_not_say_whose_it_is_gets_a_branch_of_its_own() throws Exception {
        try (PolicedPair pair = new PolicedPair(folder)) {
            pair.orders.during("isSameRM", () -> {
                throw new AbstractMethodError("an old driver");
            });
            pair.manager.begin();
            pair.enlist(pair.orders);
            pair.enlist(pair.orders);
            pair.manager.commit();
            assertEquals(2, pair.orders.count("prepare"));
        }
    }

    /** Whether it committed before it failed, nobody knows: a rollback that is taken says nothing about that. */
    @ParameterizedTest
    @ValueSource(ints = {XAException.XAER_PROTO, XAException.XAER_INVAL, XAException.XAER_RMERR})
    void an_error_at_the_commit_of_one_alone_is_in_doubt_and_its_locks_are_released(int code) throws Exception {
        try (PolicedPair pair = new PolicedPair(folder)) {
            List<Integer> after = new ArrayList<>();
            pair.orders.failingOnce("commit", code);
            pair.manager.begin();
            pair.enlist(pair.orders);
            pair.manager.getTransaction().registerSynchronization(Called.after(after::add));
            SystemException doubt = assertThrows(SystemException.class, pair.manager::commit);
            assertTrue(String.valueOf(doubt.getMessage()).contains("in doubt"), doubt::toString);
            assertEquals(List.of(Status.STATUS_UNKNOWN), after);
            pair.awaitSettled();
        }
    }

    private static XADataSource failing(Throwable failure) {
        return (XADataSource) Proxy.newProxyInstance(
                FailingDriversTest.class.getClassLoader(),
                new Class<?>[] {XADataSource.class},
                (proxy, method, arguments) -> {
                    throw failure;
                });
    }

    @Test
    void a_database_that_can_not_be_connected_leaves_only_the_rollback() throws Exception {
        SQLException refused = new SQLException("connection refused", "08001");
        try (AvowTransactionManager manager = AvowTransactionManager.at(folder)
                .database("orders", failing(refused))
                .open()) {
            manager.begin();
            SQLException thrown = assertThrows(
                    SQLException.class, () -> manager.dataSource("orders").getConnection());
            assertSame(refused, thrown.getCause() == null ? thrown : thrown.getCause());
            assertEquals(Status.STATUS_MARKED_ROLLBACK, manager.getStatus());
            assertThrows(RollbackException.class, manager::commit);
        }
    }

    @Test
    void a_bug_at_the_connect_is_an_SQLException_and_leaves_only_the_rollback() throws Exception {
        for (Throwable bug : List.of(new IllegalArgumentException("bug"), new NoClassDefFoundError("a jar"))) {
            try (AvowTransactionManager manager = AvowTransactionManager.at(folder)
                    .database("orders", failing(bug))
                    .open()) {
                manager.begin();
                assertThrows(
                        SQLException.class, () -> manager.dataSource("orders").getConnection());
                assertEquals(Status.STATUS_MARKED_ROLLBACK, manager.getStatus());
                assertThrows(RollbackException.class, manager::commit);
            }
        }
    }
}
