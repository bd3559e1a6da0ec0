package dev.avow.clients;

import dev.avow.engine.AvowOptions;
import dev.avow.jta.AvowTransactionManager;
import java.nio.file.Path;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.jta.JtaTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Spring's templates. Its annotations are SpringAnnotationsTest's. */
final class SpringClient implements Client {
    private final PlainClient plain;
    private final TransactionTemplate transactions;

    SpringClient(Path folder, AvowOptions options) throws Exception {
        plain = new PlainClient(folder, options);
        JtaTransactionManager spring = new JtaTransactionManager(plain.manager(), plain.manager());
        spring.setTransactionSynchronizationRegistry(plain.manager().synchronizationRegistry());
        spring.afterPropertiesSet();
        transactions = new TransactionTemplate(spring);
    }

    @Override
    public AvowTransactionManager manager() {
        return plain.manager();
    }

    @Override
    public void order(String name, Runnable rest) {
        transactions.executeWithoutResult(status -> {
            insert(manager().dataSource("orders"), name);
            insert(manager().dataSource("payments"), name);
            rest.run();
        });
    }

    static void insert(DataSource database, String name) {
        new JdbcTemplate(database).update("INSERT INTO entry VALUES (?)", name);
    }

    @Override
    public String found(String name) throws Exception {
        return plain.found(name);
    }

    @Override
    public void close() {
        plain.close();
    }
}
