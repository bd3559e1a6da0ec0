package dev.avow.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.Avow;
import dev.avow.engine.AvowOptions;
import dev.avow.engine.Outcome;
import dev.avow.micrometer.AvowMetrics;
import dev.avow.micrometer.AvowSpans;
import dev.avow.xa.XaParticipant;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What README shows compiles, runs and stands there word for word. */
class ReadmeTest {
    private static final Path ROOT =
            Path.of(System.getProperty("avow.root", "..")).toAbsolutePath().normalize();
    private static final Pattern BLOCK = Pattern.compile("(?s)```java\n(.*?)```");
    private static final Pattern EXAMPLE = Pattern.compile("(?s) *// readme: begin\n(.*?) *// readme: end\n");

    @TempDir
    Path folder;

    @Test
    void an_order_and_its_payment_commit_in_two_databases() throws SQLException {
        JdbcDataSource ordersDatabase = database("orders", "create table orders (id varchar primary key, amount int)");
        JdbcDataSource paymentsDatabase =
                database("payments", "create table payments (order_id varchar primary key, amount int)");
        Path log = folder.resolve("log");
        // readme: begin
        XaParticipant orders = XaParticipant.of("orders", ordersDatabase);
        XaParticipant payments = XaParticipant.of("payments", paymentsDatabase);
        try (Avow avow = Avow.open(log, orders, payments)) {
            Outcome outcome = avow.transact("O001", transaction -> {
                execute(orders.connection(transaction), "insert into orders values ('O001', 120)");
                execute(payments.connection(transaction), "insert into payments values ('O001', 120)");
            });
            outcome.requireCommitted();
        }
        // readme: end
        assertEquals(1, count(ordersDatabase, "orders"));
        assertEquals(1, count(paymentsDatabase, "payments"));
    }

    @Test
    void an_application_sees_its_transactions_in_its_own_registries() {
        Publisher publisher = new Publisher(folder.resolve("published"));
        Path log = folder.resolve("log");
        MeterRegistry meters = new SimpleMeterRegistry();
        ObservationRegistry observations = ObservationRegistry.create();
        // readme: begin
        AvowOptions options = new AvowMetrics(meters, "shop").observing(AvowOptions.defaults());
        options = new AvowSpans(observations).observing(options);
        // readme: end
        try (Avow avow = Avow.open(log, options, List.of(publisher))) {
            avow.begin("nothing").commit().requireCommitted();
        }
        assertEquals(1, meters.get("avow.transactions").timer().count());
    }

    @Test
    void a_participant_of_ones_own_takes_twenty_lines() throws IOException {
        Publisher publisher = new Publisher(Files.createDirectory(folder.resolve("published")));
        try (Avow avow = Avow.open(folder.resolve("log"), publisher)) {
            Outcome outcome = avow.transact("news", transaction -> publisher.publish(transaction, "hello"));
            outcome.requireCommitted();
            assertEquals("hello", publisher.published(outcome.id()));
            assertEquals(List.of(), List.copyOf(publisher.inDoubt()));
        }
    }

    @Test
    void readme_shows_these_very_lines() throws IOException {
        List<String> shown = found(BLOCK, Files.readString(ROOT.resolve("README.md")));
        List<String> run = new ArrayList<>();
        for (String file : List.of("ReadmeTest.java", "Publisher.java")) {
            run.addAll(found(
                    EXAMPLE, Files.readString(ROOT.resolve("model-tests/src/test/java/dev/avow/readme/" + file))));
        }
        int publisher = run.size() - 1;
        run.set(publisher, run.get(publisher) + "}\n");
        assertEquals(Set.copyOf(run), Set.copyOf(shown));
    }

    private static List<String> found(Pattern pattern, String text) {
        List<String> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            // A last line without text would count as one without indentation.
            found.add(matcher.group(1).stripTrailing().stripIndent() + "\n");
        }
        assertTrue(!found.isEmpty(), () -> "nothing matches " + pattern);
        return found;
    }

    private JdbcDataSource database(String name, String table) throws SQLException {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:file:" + folder.resolve(name).toAbsolutePath() + ";WRITE_DELAY=0;DB_CLOSE_DELAY=-1");
        source.setUser("sa");
        try (Connection connection = source.getConnection()) {
            execute(connection, table);
        }
        return source;
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int count(JdbcDataSource source, String table) throws SQLException {
        try (Connection connection = DriverManager.getConnection(source.getURL(), "sa", "");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from " + table)) {
            assertTrue(rows.next());
            return rows.getInt(1);
        }
    }
}
