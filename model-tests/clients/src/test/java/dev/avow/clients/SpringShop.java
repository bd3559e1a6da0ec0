package dev.avow.clients;

import dev.avow.jta.AvowTransactionManager;
import jakarta.transaction.Status;
import java.util.ArrayList;
import java.util.List;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

/** A service as Spring's users write them. */
public class SpringShop {
    private final AvowTransactionManager manager;
    private final ApplicationEventPublisher events;
    private final Audit audit;

    SpringShop(AvowTransactionManager manager, ApplicationEventPublisher events, Audit audit) {
        this.manager = manager;
        this.events = events;
        this.audit = audit;
    }

    /** Checked. */
    static final class NoStockException extends Exception {
        private static final long serialVersionUID = 1;
    }

    record Ordered(String name) {}

    @Transactional
    public void order(String name) {
        events.publishEvent(new Ordered(name));
        insertBoth(manager, name);
    }

    private static void insertBoth(AvowTransactionManager manager, String name) {
        for (String database : List.of("orders", "payments")) {
            new JdbcTemplate(manager.dataSource(database)).update("INSERT INTO entry VALUES (?)", name);
        }
    }

    @Transactional
    public void orderAndFail(String name, Exception failure) throws Exception {
        order(name);
        throw failure;
    }

    @Transactional(rollbackFor = NoStockException.class, noRollbackFor = IllegalArgumentException.class)
    public void orderOrRollBack(String name, Exception failure) throws Exception {
        order(name);
        throw failure;
    }

    @Transactional(timeout = 1)
    public void orderTooSlowly(String name) throws Exception {
        order(name);
        Await.until("the timeout has struck", () -> manager.getStatus() == Status.STATUS_ROLLEDBACK);
    }

    @Transactional
    public void orderWithAudit(String name) {
        order(name);
        audit.note("audit of " + name);
        throw new IllegalStateException("no stock");
    }

    @Transactional(readOnly = true)
    public int count(String name) {
        return List.of("orders", "payments").stream()
                .map(database -> new JdbcTemplate(manager.dataSource(database))
                        .queryForList("SELECT name FROM entry WHERE name = ?", String.class, name))
                .mapToInt(List::size)
                .sum();
    }

    /** What has to stay, whatever becomes of the order. */
    public static class Audit {
        private final AvowTransactionManager manager;

        Audit(AvowTransactionManager manager) {
            this.manager = manager;
        }

        @Transactional(propagation = Propagation.REQUIRES_NEW)
        public void note(String text) {
            insertBoth(manager, text);
        }
    }

    /** What listeners of the transactions heard. */
    public static class Notes {
        private final List<String> heard = new ArrayList<>();

        List<String> all() {
            return List.copyOf(heard);
        }

        @TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT)
        void beforeCommit(Ordered event) {
            heard.add("before commit of " + event.name());
        }

        @Order(1)
        @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
        void afterCommit(Ordered event) {
            heard.add("commit of " + event.name());
        }

        @Order(1)
        @TransactionalEventListener(phase = TransactionPhase.AFTER_ROLLBACK)
        void afterRollback(Ordered event) {
            heard.add("rollback of " + event.name());
        }

        @Order
        @TransactionalEventListener(phase = TransactionPhase.AFTER_COMPLETION)
        void afterCompletion(Ordered event) {
            heard.add("completion of " + event.name());
        }
    }
}
