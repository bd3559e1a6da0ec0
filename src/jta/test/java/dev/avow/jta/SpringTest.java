package dev.avow.jta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.jta.JtaTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Spring's own transaction manager over ours. */
final class SpringTest {
    @TempDir
    private Path folder;

    private Bank bank;
    private JtaTransactionManager spring;

    @BeforeEach
    void open() throws SQLException {
        bank = new Bank(folder);
        spring = new JtaTransactionManager(bank.manager, bank.manager);
        spring.setTransactionSynchronizationRegistry(bank.manager.synchronizationRegistry());
        spring.afterPropertiesSet();
    }

    @AfterEach
    void close() {
        bank.close();
    }

    private TransactionTemplate template(int propagation) {
        TransactionTemplate template = new TransactionTemplate(spring);
        template.setPropagationBehavior(propagation);
        return template;
    }

    private void write(String name) {
        try {
            bank.writeBoth(name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void required_joins_and_its_rollback_takes_the_whole_with_it() throws Exception {
        TransactionTemplate required = template(TransactionDefinition.PROPAGATION_REQUIRED);
        required.executeWithoutResult(status -> {
            write("outer");
            required.executeWithoutResult(inner -> write("inner"));
        });
        assertEquals("1 1", bank.found("outer"));
        assertEquals("1 1", bank.found("inner"));
        assertThrows(
                UnexpectedRollbackException.class,
                () -> required.executeWithoutResult(status -> {
                    write("outer 2");
                    required.executeWithoutResult(inner -> inner.setRollbackOnly());
                }));
        assertEquals("0 0", bank.found("outer 2"));
        assertThrows(
                IllegalStateException.class,
                () -> required.executeWithoutResult(status -> {
                    write("thrown");
                    throw new IllegalStateException("no stock");
                }));
        assertEquals("0 0", bank.found("thrown"));
    }

    @Test
    void requires_new_suspends_and_not_supported_works_without() throws Exception {
        template(TransactionDefinition.PROPAGATION_REQUIRED).executeWithoutResult(status -> {
            write("outer");
            template(TransactionDefinition.PROPAGATION_REQUIRES_NEW).executeWithoutResult(inner -> write("inner"));
            template(TransactionDefinition.PROPAGATION_NOT_SUPPORTED).executeWithoutResult(none -> write("none"));
            status.setRollbackOnly();
        });
        assertEquals("0 0", bank.found("outer"));
        assertEquals("1 1", bank.found("inner"));
        assertEquals("1 1", bank.found("none"));
    }

    @Test
    void mandatory_never_supports_and_nested_are_as_spring_says() throws Exception {
        assertThrows(
                IllegalTransactionStateException.class,
                () -> template(TransactionDefinition.PROPAGATION_MANDATORY)
                        .executeWithoutResult(status -> write("mandatory")));
        template(TransactionDefinition.PROPAGATION_SUPPORTS).executeWithoutResult(status -> write("supports"));
        assertEquals("1 1", bank.found("supports"));
        template(TransactionDefinition.PROPAGATION_NEVER).executeWithoutResult(status -> write("never"));
        assertThrows(
                IllegalTransactionStateException.class,
                () -> template(TransactionDefinition.PROPAGATION_REQUIRED)
                        .executeWithoutResult(status -> template(TransactionDefinition.PROPAGATION_NEVER)
                                .executeWithoutResult(never -> write("never 2"))));
        template(TransactionDefinition.PROPAGATION_NESTED).executeWithoutResult(status -> write("nested"));
        assertEquals("1 1", bank.found("nested"));
        assertEquals("0 0", bank.found("never 2"));
    }

    @Test
    void its_synchronizations_are_called() {
        List<String> notes = new ArrayList<>();
        template(TransactionDefinition.PROPAGATION_REQUIRED).executeWithoutResult(status -> {
            write("O1");
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void beforeCommit(boolean readOnly) {
                    notes.add("before");
                }

                @Override
                public void afterCompletion(int how) {
                    notes.add(how == STATUS_COMMITTED ? "committed" : "else");
                }
            });
        });
        assertEquals(List.of("before", "committed"), notes);
        assertTrue(bank.manager.coordinator().pending().isEmpty());
    }
}
