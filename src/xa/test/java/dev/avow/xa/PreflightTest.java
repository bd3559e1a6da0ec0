package dev.avow.xa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.xa.ScriptedResource.Call;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.h2.jdbcx.JdbcDataSource;
import org.hsqldb.jdbc.pool.JDBCXADataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused, warned of or let pass before a coordinator is opened. */
final class PreflightTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Map<String, String> POSTGRES = Map.of(
            "max_prepared_transactions", "100",
            "fsync", "on",
            "synchronous_commit", "on",
            "full_page_writes", "on",
            "system_identifier", "7 shop as sa");

    @TempDir
    private Path folder;

    private static JdbcDataSource h2(String url) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:" + url);
        source.setUser("sa");
        source.setPassword("");
        return source;
    }

    private String file(String name) {
        return "file:" + folder.resolve(name).toAbsolutePath();
    }

    private static Map<String, String> postgresWith(String setting, String value) {
        Map<String, String> settings = new HashMap<>(POSTGRES);
        settings.put(setting, value);
        return settings;
    }

    private static Fitness fitness(String product, Map<String, String> answers) throws SQLException {
        return Fitness.of("orders", Answering.connection(product, answers));
    }

    private static void assertSays(String words, Throwable thrown) {
        assertTrue(String.valueOf(thrown.getMessage()).contains(words), thrown::toString);
    }

    @Test
    void a_postgres_that_prepares_nothing_is_refused_with_the_setting() throws Exception {
        assertSays(
                "\"orders\" is a PostgreSQL with max_prepared_transactions = 0",
                assertThrows(
                        UnfitResourceException.class,
                        () -> fitness("PostgreSQL", postgresWith("max_prepared_transactions", "0"))));
        assertEquals(List.of(), fitness("PostgreSQL", POSTGRES).warnings());
    }

    @ParameterizedTest
    @CsvSource({"fsync", "synchronous_commit", "full_page_writes"})
    void a_postgres_that_forces_nothing_is_warned_of(String setting) throws Exception {
        List<String> warnings =
                fitness("PostgreSQL", postgresWith(setting, "off")).warnings();
        assertEquals(1, warnings.size());
        assertTrue(warnings.get(0).contains(setting + " = off"), warnings::toString);
    }

    @Test
    void a_question_that_is_refused_costs_the_connection_nothing() throws Exception {
        Fitness silent = fitness("PostgreSQL", Map.of());
        assertEquals(List.of(), silent.warnings());
        assertEquals("jdbc:some:where as somebody", silent.identity());
        assertEquals(List.of(), fitness("MariaDB", Map.of()).warnings());
        assertEquals(
                List.of(), fitness("H2", Map.of("DATABASE_PATH", "/somewhere")).warnings());
        assertEquals("PostgreSQL 7 shop as sa", fitness("PostgreSQL", POSTGRES).identity());
    }

    @Test
    void an_hsqldb_is_refused() {
        JDBCXADataSource source = source();
        try (XaParticipant orders = XaParticipant.of("orders", source)) {
            assertSays(
                    "gone after a crash",
                    assertThrows(UnfitResourceException.class, () -> Preflight.check(List.of(orders), LONG)));
        }
    }

    private static JDBCXADataSource source() {
        try {
            JDBCXADataSource source = new JDBCXADataSource();
            source.setUrl("jdbc:hsqldb:mem:orders");
            source.setUser("sa");
            return source;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void an_h2_that_delays_its_writes_is_warned_of_with_the_setting() throws Exception {
        assertTrue(warningsOf(file("delayed")).contains("Add ;WRITE_DELAY=0"));
        assertEquals("[]", warningsOf(file("prompt") + ";WRITE_DELAY=0"));
        assertTrue(warningsOf("mem:orders").contains("in memory"));
    }

    private static String warningsOf(String url) throws Exception {
        try (XaParticipant orders = XaParticipant.of("orders", h2(url))) {
            return orders.fitness().orElseThrow().warnings().toString();
        }
    }

    @Test
    void one_database_under_two_names_is_refused() {
        try (XaParticipant orders = XaParticipant.of("orders", h2(file("one") + ";WRITE_DELAY=0"));
                XaParticipant payments = XaParticipant.of("payments", h2(file("one")));
                XaParticipant stock = XaParticipant.of("stock", h2(file("other")))) {
            assertSays(
                    "\"orders\" and \"payments\" are one database",
                    assertThrows(
                            UnfitResourceException.class,
                            () -> Preflight.check(List.of(orders, stock, payments), LONG)));
            Preflight.check(List.of(orders, stock), LONG);
        }
    }

    @Test
    void a_user_of_mysql_who_may_not_list_branches_is_refused_with_the_privilege() {
        Map<String, String> server = Map.of("innodb_flush", "1", "CONCAT", "host:3306/var/lib shop as somebody");
        ScriptedResource refusing = new ScriptedResource().failing(Call.RECOVER, XaCode.XAER_RMERR);
        JdbcSessions sessions = new JdbcSessions(
                "orders", () -> Answering.xaConnection(Answering.connection("MySQL", server), refusing));
        try (XaParticipant orders = XaParticipant.over("orders", sessions, LONG)) {
            assertSays(
                    "GRANT XA_RECOVER_ADMIN",
                    assertThrows(UnfitResourceException.class, () -> Preflight.check(List.of(orders), LONG)));
        }
    }

    @Test
    void one_that_can_not_be_reached_passes_and_is_looked_at_when_it_can() throws Exception {
        AtomicBoolean reachable = new AtomicBoolean();
        JdbcSessions sessions = new JdbcSessions("orders", () -> {
            if (!reachable.get()) {
                throw new SQLException("connection refused", "08001");
            }
            return source().getXAConnection();
        });
        try (XaParticipant orders = XaParticipant.over("orders", sessions, LONG)) {
            Preflight.check(List.of(orders), LONG);
            reachable.set(true);
            assertThrows(UnfitResourceException.class, () -> orders.connection(new FakeTransaction(1)));
        }
    }

    /** It hangs in its own thread until the latch is let go. */
    private static XaParticipant hanging(CountDownLatch held) {
        return XaParticipant.over(
                "orders",
                new JdbcSessions("orders", () -> {
                    boolean letGo = false;
                    while (!letGo) {
                        letGo = waited(held);
                    }
                    throw new SQLException("never answered");
                }),
                LONG);
    }

    private static boolean waited(CountDownLatch held) {
        try {
            return held.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException deaf) {
            return false;
        }
    }

    /** Whether the thread that looked was interrupted when it returned. */
    private static FutureTask<Boolean> looking(XaParticipant participant, Duration atMost) {
        return new FutureTask<>(() -> {
            Preflight.check(List.of(participant), atMost);
            return Thread.interrupted();
        });
    }

    @Test
    void one_that_hangs_does_not_hold_up_the_start() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        try (XaParticipant orders = hanging(held)) {
            FutureTask<Boolean> look = looking(orders, Duration.ofMillis(10));
            new Thread(look).start();
            assertFalse(look.get(30, TimeUnit.SECONDS));
        } finally {
            held.countDown();
        }
    }

    @Test
    void an_interrupt_ends_the_looking_and_is_set_again() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        try (XaParticipant orders = hanging(held)) {
            FutureTask<Boolean> look = looking(orders, LONG);
            Thread thread = new Thread(look);
            thread.start();
            thread.interrupt();
            assertTrue(look.get(30, TimeUnit.SECONDS));
        } finally {
            held.countDown();
        }
    }
}
