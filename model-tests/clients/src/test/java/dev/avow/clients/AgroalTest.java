package dev.avow.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.AvowOptions;
import io.agroal.api.AgroalDataSource;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.Transaction;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bounded pools over two databases. */
final class AgroalTest {
    private static final int TRANSACTIONS = 1_000;
    private static final int THREADS = 2;
    private static final int FAILS_EACH = 10;

    @TempDir
    private Path folder;

    private AgroalClient agroal;

    @BeforeEach
    void open() throws Exception {
        agroal = new AgroalClient(folder, AvowOptions.defaults().withWorkTimeout(Duration.ofSeconds(2)));
    }

    @AfterEach
    void close() throws SQLException {
        try {
            requireWhole(agroal.orders);
            requireWhole(agroal.payments);
        } finally {
            agroal.close();
        }
    }

    /** As many connections as the pool may have can be had at once, and each of them commits by itself. */
    private static void requireWhole(AgroalDataSource pool) throws SQLException {
        List<Connection> all = new ArrayList<>();
        try {
            for (int i = 0; i < AgroalClient.MOST; i++) {
                all.add(pool.getConnection());
                assertTrue(all.get(i).getAutoCommit());
            }
        } finally {
            for (Connection each : all) {
                each.close();
            }
        }
    }

    @Test
    void a_thousand_transactions_leak_no_connection() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int first = thread;
                all.add(threads.submit(() -> {
                    for (int i = first; i < TRANSACTIONS; i += THREADS) {
                        orderOrFail(i);
                    }
                    return first;
                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals("1 1", agroal.found("O" + (TRANSACTIONS - 1)));
        assertEquals("0 0", agroal.found("O" + (TRANSACTIONS - FAILS_EACH)));
    }

    private void orderOrFail(int number) throws Exception {
        if (number % FAILS_EACH == 0) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> agroal.order("O" + number, () -> {
                        throw new IllegalArgumentException("no stock");
                    }));
        } else {
            agroal.order("O" + number);
        }
    }

    @Test
    void after_a_timeout_its_connection_takes_no_more_work() throws Exception {
        agroal.manager().begin("O1");
        try (Connection connection = agroal.orders.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO entry VALUES ('O1')");
            Databases.insert(agroal.payments, "O1");
            Await.until("it times out", () -> agroal.manager().getStatus() == Status.STATUS_ROLLEDBACK);
            assertThrows(SQLException.class, () -> statement.execute("INSERT INTO entry VALUES ('O1 late')"));
            assertThrows(SQLException.class, agroal.orders::getConnection);
        }
        assertThrows(RollbackException.class, agroal.manager()::commit);
        assertEquals("0 0", agroal.found("O1"));
        assertEquals("0 0", agroal.found("O1 late"));
    }

    @Test
    void a_transaction_has_one_connection_which_no_other_may_use() throws Exception {
        agroal.manager().begin("outer");
        try (Connection outer = agroal.orders.getConnection();
                Statement statement = outer.createStatement()) {
            statement.execute("INSERT INTO entry VALUES ('outer')");
            Databases.insert(agroal.orders, "outer again");
            Transaction suspended = agroal.manager().suspend();
            agroal.manager().begin("inner");
            assertThrows(SQLException.class, () -> statement.execute("INSERT INTO entry VALUES ('wrong')"));
            Databases.insert(agroal.orders, "inner");
            agroal.manager().commit();
            agroal.manager().resume(suspended);
            statement.execute("INSERT INTO entry VALUES ('outer at last')");
        }
        agroal.manager().rollback();
        assertEquals("1 0", agroal.found("inner"));
        for (String name : List.of("outer", "outer again", "outer at last", "wrong")) {
            assertEquals("0 0", agroal.found(name));
        }
    }

    @Test
    void a_connection_from_outside_is_refused_within_a_transaction() throws Exception {
        try (Connection outside = agroal.orders.getConnection();
                Statement statement = outside.createStatement()) {
            statement.execute("INSERT INTO entry VALUES ('outside')");
            agroal.manager().begin("O1");
            assertThrows(SQLException.class, () -> statement.execute("INSERT INTO entry VALUES ('mixed up')"));
            agroal.manager().rollback();
        }
        assertEquals("1 0", agroal.found("outside"));
        assertEquals("0 0", agroal.found("mixed up"));
    }
}
