package dev.avow.clients;

import dev.avow.agroal.AvowTransactionIntegration;
import dev.avow.engine.AvowOptions;
import dev.avow.jta.AvowTransactionManager;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.derby.jdbc.EmbeddedXADataSource;
import org.h2.jdbcx.JdbcDataSource;

/** A bounded pool over each database. */
final class AgroalClient implements Client {
    static final int MOST = 3;

    final AgroalDataSource orders;
    final AgroalDataSource payments;

    private final Databases databases;
    private final AvowTransactionManager manager;

    AgroalClient(Path folder, AvowOptions options) throws Exception {
        databases = new Databases(folder);
        AvowTransactionIntegration ordersPool = AvowTransactionIntegration.named("orders");
        AvowTransactionIntegration paymentsPool = AvowTransactionIntegration.named("payments");
        manager = AvowTransactionManager.at(folder.resolve("log"))
                .resource("orders", ordersPool)
                .resource("payments", paymentsPool)
                .options(options)
                .open();
        ordersPool.bind(manager);
        paymentsPool.bind(manager);
        orders = AgroalDataSource.from(pool(ordersPool, JdbcDataSource.class, "sa", "url", databases.ordersUrl));
        payments = AgroalDataSource.from(
                pool(paymentsPool, EmbeddedXADataSource.class, "app", "databaseName", databases.paymentsPath));
    }

    private static AgroalDataSourceConfigurationSupplier pool(
            AvowTransactionIntegration integration, Class<?> driver, String user, String property, String database) {
        return new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(pool -> pool.transactionIntegration(integration)
                        .maxSize(MOST)
                        .acquisitionTimeout(Duration.ofSeconds(10))
                        .connectionFactoryConfiguration(factory -> factory.connectionProviderClass(driver)
                                .xaProperty(property, database)
                                .principal(new NamePrincipal(user))
                                .credential(new SimplePassword(""))
                                .poolRecovery(false)));
    }

    @Override
    public AvowTransactionManager manager() {
        return manager;
    }

    @Override
    public void order(String name, Runnable rest) throws Exception {
        Demarcation.transact(manager, name, () -> {
            Databases.insert(orders, name);
            Databases.insert(payments, name);
            rest.run();
        });
    }

    @Override
    public String found(String name) throws Exception {
        return databases.found(name);
    }

    @Override
    public void close() {
        manager.close();
        orders.close();
        payments.close();
        databases.close();
    }
}
