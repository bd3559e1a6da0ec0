package dev.avow.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.agroal.AvowTransactionIntegration;
import dev.avow.jta.AvowTransactionManager;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pool of a single connection, over a database that doesn't always do as told. */
final class AgroalRefusalsTest {
    private static final Duration SHORT = Duration.ofMillis(200);

    @TempDir
    private Path folder;

    private Databases databases;
    private AvowTransactionManager manager;
    private AgroalDataSource pool;

    @BeforeEach
    void open() throws Exception {
        databases = new Databases(folder);
        AvowTransactionIntegration integration = AvowTransactionIntegration.named("orders");
        manager = AvowTransactionManager.at(folder.resolve("log"))
                .resource("orders", integration)
                .database("payments", databases.payments())
                .open();
        integration.bind(manager);
        pool = AgroalDataSource.from(configuration(integration, BalkingDataSource.class));
    }

    private AgroalDataSourceConfigurationSupplier configuration(
            AvowTransactionIntegration integration, Class<?> driver) {
        return new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> pool.transactionIntegration(integration)
                        .maxSize(1)
                        .acquisitionTimeout(SHORT)
                        .connectionFactoryConfiguration(factory -> factory.connectionProviderClass(driver)
                                .jdbcUrl(databases.ordersUrl)
                                .principal(new NamePrincipal("sa"))
                                .credential(new SimplePassword(""))
                                .loginTimeout(Duration.ZERO)
                                .poolRecovery(false)));
    }

    @AfterEach
    void close() {
        BalkingDataSource.REFUSED.set("");
        manager.close();
        pool.close();
        databases.close();
    }

    private void order(String name) throws Exception {
        Demarcation.transact(manager, name, () -> {
            Databases.insert(pool, name);
            Databases.insert(manager.dataSource("payments"), name);
        });
    }

    @Test
    void a_connection_goes_back_only_when_its_branch_has_heard_the_commit() throws Exception {
        BalkingDataSource.REFUSED.set("commit");
        order("O1");
        assertEquals(1, manager.coordinator().pending().size());
        assertThrows(SQLException.class, () -> Databases.insert(pool, "too early"));
        BalkingDataSource.REFUSED.set("");
        assertTrue(manager.coordinator().awaitRecovered(Duration.ofSeconds(30)));
        order("O2");
        assertEquals("1 1", databases.found("O1"));
        assertEquals("1 1", databases.found("O2"));
    }

    @Test
    void what_couldnt_be_rolled_back_isnt_committed_by_its_way_back_into_the_pool() throws Exception {
        manager.begin("O1");
        Databases.insert(pool, "O1");
        BalkingDataSource.REFUSED.set("rollback");
        manager.rollback();
        BalkingDataSource.REFUSED.set("");
        order("O2");
        assertEquals("1 1", databases.found("O2"));
        assertEquals("0 0", databases.found("O1"));
    }

    @Test
    void a_connection_that_cant_be_enlisted_leaves_the_pool() throws Exception {
        BalkingDataSource.REFUSED.set("start");
        assertThrows(SQLException.class, () -> order("O1"));
        BalkingDataSource.REFUSED.set("");
        order("O1");
        assertEquals("1 1", databases.found("O1"));
    }

    @Test
    void no_connection_is_had_before_the_binding_nor_without_an_xa_driver() throws Exception {
        AvowTransactionIntegration unbound = AvowTransactionIntegration.named("orders");
        try (AgroalDataSource early = AgroalDataSource.from(configuration(unbound, org.h2.Driver.class))) {
            assertTrue(message(early).contains("call bind"));
            unbound.bind(manager);
            assertThrows(IllegalStateException.class, () -> unbound.bind(manager));
            manager.begin("O1");
            assertTrue(message(early).contains("XADataSource"));
            manager.rollback();
        }
    }

    private static String message(AgroalDataSource early) {
        return Objects.requireNonNull(
                assertThrows(SQLException.class, early::getConnection).getMessage());
    }
}
