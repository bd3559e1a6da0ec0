package dev.avow.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.agroal.AvowTransactionIntegration;
import dev.avow.jta.AvowTransactionManager;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import javax.sql.XADataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page of src/jta shows compiles, runs here or in the clients, and stands there word for word. */
final class ReadmeTest {
    private static final Path ROOT =
            Path.of(System.getProperty("avow.root", "../..")).toAbsolutePath().normalize();
    private static final Pattern BLOCK = Pattern.compile("(?s)```java\n(.*?)```");
    private static final Pattern PROPERTIES = Pattern.compile("(?s)```properties\n(.*?)```");
    private static final Pattern EXAMPLE = Pattern.compile("(?s) *// readme: begin\n(.*?) *// readme: end\n");

    @TempDir
    private Path folder;

    private Databases databases;

    @BeforeEach
    void open() throws SQLException {
        databases = new Databases(folder);
    }

    @AfterEach
    void close() {
        databases.close();
    }

    @Test
    void two_databases_need_these_lines() throws Exception {
        Path log = folder.resolve("log");
        XADataSource orders = databases.orders();
        XADataSource payments = databases.payments();
        // readme: begin
        try (AvowTransactionManager manager = AvowTransactionManager.at(log)
                .database("orders", orders)
                .database("payments", payments)
                .open()) {
            manager.begin("O001");
            write(manager.dataSource("orders"), "O001");
            write(manager.dataSource("payments"), "O001");
            manager.commit();
        }
        // readme: end
        assertEquals("1 1", databases.found("O001"));
    }

    private static void write(DataSource database, String name) throws SQLException {
        Databases.insert(database, name);
    }

    @Test
    void a_pool_needs_these_lines() throws Exception {
        Path log = folder.resolve("log");
        String url = databases.ordersUrl;
        // readme: begin
        AvowTransactionIntegration orders = AvowTransactionIntegration.named("orders");
        AvowTransactionManager manager =
                AvowTransactionManager.at(log).resource("orders", orders).open();
        orders.bind(manager);
        AgroalDataSource pool = AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(connections -> connections
                        .transactionIntegration(orders)
                        .maxSize(20)
                        .connectionFactoryConfiguration(driver -> driver.connectionProviderClass(JdbcDataSource.class)
                                .jdbcUrl(url)
                                .principal(new NamePrincipal("sa"))
                                .credential(new SimplePassword(""))
                                .poolRecovery(false))));
        // readme: end
        try (pool;
                manager) {
            manager.begin("O001");
            write(pool, "O001");
            manager.commit();
            assertEquals("1 0", databases.found("O001"));
        }
    }

    @Test
    void the_page_shows_these_very_lines() throws IOException {
        List<String> run = new ArrayList<>();
        try (Stream<Path> sources = Files.list(ROOT.resolve("model-tests/clients/src/test/java/dev/avow/clients"))) {
            for (Path source : sources.toList()) {
                run.addAll(found(EXAMPLE, source));
            }
        }
        List<String> shown = found(BLOCK, ROOT.resolve("src/jta/README.md"));
        assertTrue(!shown.isEmpty());
        assertEquals(Set.copyOf(run), Set.copyOf(shown));
    }

    /** An application of src/spring-boot's tests runs with them. */
    @Test
    void the_page_shows_the_properties_that_are_enough_for_spring_boot() throws IOException {
        assertEquals(
                List.of(Files.readString(ROOT.resolve("src/spring-boot/test/resources/shop.properties"))),
                found(PROPERTIES, ROOT.resolve("src/jta/README.md")));
    }

    private static List<String> found(Pattern pattern, Path file) throws IOException {
        List<String> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(Files.readString(file));
        while (matcher.find()) {
            // A last line without text would count as one without indentation.
            found.add(matcher.group(1).stripTrailing().stripIndent() + "\n");
        }
        return found;
    }
}
