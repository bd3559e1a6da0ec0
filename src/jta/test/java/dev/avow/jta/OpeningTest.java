package dev.avow.jta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.DecisionLog;
import dev.avow.xa.UnfitResourceException;
import jakarta.transaction.Status;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import javax.sql.XADataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a manager refuses before any transaction begins, and what it bears. */
final class OpeningTest {
    @TempDir
    private Path folder;

    private JdbcDataSource h2(String name) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:file:" + folder.resolve(name).toAbsolutePath() + ";WRITE_DELAY=0");
        source.setUser("sa");
        source.setPassword("");
        return source;
    }

    @Test
    void a_data_source_that_is_not_xa_is_refused_by_its_name_with_what_to_do() {
        DataSource plain = (DataSource) Proxy.newProxyInstance(
                OpeningTest.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> "");
        String said = String.valueOf(assertThrows(
                        IllegalArgumentException.class,
                        () -> AvowTransactionManager.at(folder.resolve("log")).database("orders", plain))
                .getMessage());
        for (String word : List.of("\"orders\"", plain.getClass().getName(), "PGXADataSource")) {
            assertTrue(said.contains(word), said);
        }
    }

    @Test
    void one_database_under_two_names_is_refused_and_nothing_stays_open() {
        AvowTransactionManager.Builder builder = AvowTransactionManager.at(folder.resolve("log"))
                .database("orders", h2("one"))
                .database("payments", h2("one"));
        assertThrows(UnfitResourceException.class, builder::open);
        assertFalse(Files.exists(folder.resolve("log")), "no log was begun");
        AvowTransactionManager.at(folder.resolve("log"))
                .database("orders", h2("one"))
                .database("payments", h2("other"))
                .open()
                .close();
    }

    @Test
    void a_manager_over_a_given_log_decides_there_and_closes_it_at_its_end() throws Exception {
        DecisionLog log = DecisionLog.open(folder.resolve("given"));
        try (Bank bank = new Bank(folder);
                AvowTransactionManager manager = AvowTransactionManager.over(log)
                        .database("orders", bank.orders)
                        .database("payments", bank.payments)
                        .open()) {
            manager.begin("O001");
            Bank.write(manager.dataSource("orders"), "O1");
            Bank.write(manager.dataSource("payments"), "O1");
            manager.commit();
            assertEquals("1 1", bank.found("O1"));
        }
        try (DecisionLog again = DecisionLog.open(folder.resolve("given"))) {
            assertTrue(again.remembered("O001").isPresent());
        }
    }

    @Test
    void a_given_log_is_closed_if_nothing_comes_of_it() {
        AvowTransactionManager.Builder builder = AvowTransactionManager.over(DecisionLog.open(folder.resolve("given")))
                .database("orders", h2("one"))
                .database("payments", h2("one"));
        assertThrows(UnfitResourceException.class, builder::open);
        DecisionLog.open(folder.resolve("given")).close();
    }

    @Test
    void a_database_that_is_down_does_not_keep_the_others_from_working() throws Exception {
        JdbcDataSource down = new JdbcDataSource();
        down.setURL("jdbc:h2:tcp://localhost:1/none");
        try (Bank bank = new Bank(folder);
                AvowTransactionManager manager = AvowTransactionManager.at(folder.resolve("log2"))
                        .database("orders", bank.orders)
                        .database("down", down)
                        .open()) {
            manager.begin();
            Bank.write(manager.dataSource("orders"), "O1");
            manager.commit();
            assertEquals("1 0", bank.found("O1"));
            // It waits for what is down, and says so.
            assertFalse(manager.coordinator().awaitRecovered(Duration.ofMillis(1)));
        }
    }

    @Test
    void a_database_that_hangs_lets_it_open_and_close_all_the_same() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        XADataSource hanging = (XADataSource) Proxy.newProxyInstance(
                OpeningTest.class.getClassLoader(), new Class<?>[] {XADataSource.class}, (proxy, method, arguments) -> {
                    held.await();
                    throw new SQLException("never answered");
                });
        FutureTask<Integer> opened = new FutureTask<>(() -> {
            try (AvowTransactionManager manager = AvowTransactionManager.at(folder.resolve("log"))
                    .database("orders", hanging)
                    .open()) {
                manager.begin();
                manager.commit();
                return manager.getStatus();
            }
        });
        new Thread(opened).start();
        try {
            assertEquals(Status.STATUS_NO_TRANSACTION, opened.get(60, TimeUnit.SECONDS));
        } finally {
            held.countDown();
        }
    }
}
