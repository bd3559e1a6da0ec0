package dev.avow.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.AvowOptions;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.transaction.TransactionAware;
import io.agroal.api.transaction.TransactionIntegration;
import jakarta.transaction.RollbackException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.transaction.xa.XAResource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the pool's statements and the driver's resources are, on which its integration relies. */
final class StragglerTest {
    private static final int ROUNDS = 5;
    private static final Duration SOON = Duration.ofMillis(100);

    /** Makes the time long between the pool's check of a statement and its execution. */
    private static final String SLOW_TO_READ = "/*" + " ".repeat(500_000) + "*/";

    @TempDir
    private Path folder;

    @Test
    void no_statement_that_a_timeout_overtakes_is_committed() throws Exception {
        try (AgroalClient agroal =
                new AgroalClient(folder, AvowOptions.defaults().withWorkTimeout(SOON))) {
            for (int round = 0; round < ROUNDS; round++) {
                String last = writeUntilRefused(agroal, round);
                assertThrows(RollbackException.class, agroal.manager()::commit);
                assertEquals("0 0", agroal.found(last));
            }
        }
    }

    /** The name of its last row. */
    private static String writeUntilRefused(AgroalClient agroal, int round) throws Exception {
        String last = "";
        agroal.manager().begin("round " + round);
        try (Connection connection = agroal.orders.getConnection();
                Statement statement = connection.createStatement()) {
            for (int row = 0; ; row++) {
                String next = round + " " + row;
                statement.execute(SLOW_TO_READ + "INSERT INTO entry VALUES ({fn LCASE('" + next + "')})");
                last = next;
            }
        } catch (SQLException refused) {
            return last;
        }
    }

    @Test
    void the_pool_hands_out_the_drivers_own_resource_and_its_statements_are_seen_in_the_stack() throws SQLException {
        List<String> seen = new ArrayList<>();
        try (AgroalDataSource pool = AgroalDataSource.from(new AgroalDataSourceConfigurationSupplier()
                        .connectionPoolConfiguration(connections -> connections
                                .transactionIntegration(noting(seen))
                                .maxSize(1)
                                .connectionFactoryConfiguration(
                                        driver -> driver.connectionProviderClass(JdbcDataSource.class)
                                                .jdbcUrl("jdbc:h2:mem:"))));
                Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            assertEquals(List.of("org.h2.jdbcx.JdbcXAConnection"), seen);
            assertTrue(connection.getClass().getName().startsWith("io.agroal.pool.wrapper."));
            assertTrue(statement.getClass().getName().startsWith("io.agroal.pool.wrapper."));
        }
    }

    private static TransactionIntegration noting(List<String> seen) {
        TransactionIntegration none = TransactionIntegration.none();
        return new TransactionIntegration() {
            @Override
            public TransactionAware getTransactionAware() throws SQLException {
                return none.getTransactionAware();
            }

            @Override
            public void associate(TransactionAware connection, XAResource resource) {
                seen.add(resource.getClass().getName());
            }

            @Override
            public boolean disassociate(TransactionAware connection) {
                return true;
            }

            @Override
            public void addResourceRecoveryFactory(ResourceRecoveryFactory factory) {}

            @Override
            public void removeResourceRecoveryFactory(ResourceRecoveryFactory factory) {}
        };
    }
}
