package dev.avow.jta;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.Objects;

/** The standard's registry, for whoever lies between the application and the transaction manager. */
final class Registry implements TransactionSynchronizationRegistry {
    private final AvowTransactionManager manager;

    Registry(AvowTransactionManager manager) {
        this.manager = manager;
    }

    private JtaTransaction required(String call) {
        return manager.current()
                .orElseThrow(() -> new IllegalStateException(call + ": this thread is in no transaction"));
    }

    /** {@inheritDoc} It is the transaction's id. Null if there is none, as the standard says. */
    @Override
    @SuppressWarnings("NullAway")
    public Object getTransactionKey() {
        return manager.current().map(JtaTransaction::id).orElse(null);
    }

    @Override
    public void putResource(Object key, Object value) {
        required("putResource").put(Objects.requireNonNull(key, "the key is null"), value);
    }

    @Override
    @SuppressWarnings("NullAway")
    public Object getResource(Object key) {
        return required("getResource")
                .get(Objects.requireNonNull(key, "the key is null"))
                .orElse(null);
    }

    @Override
    public void registerInterposedSynchronization(Synchronization synchronization) {
        required("registerInterposedSynchronization").registerInterposed(synchronization);
    }

    @Override
    public int getTransactionStatus() {
        return manager.getStatus();
    }

    @Override
    public void setRollbackOnly() {
        required("setRollbackOnly").setRollbackOnly();
    }

    @Override
    public boolean getRollbackOnly() {
        int status = required("getRollbackOnly").getStatus();
        return status == Status.STATUS_MARKED_ROLLBACK
                || status == Status.STATUS_ROLLING_BACK
                || status == Status.STATUS_ROLLEDBACK;
    }
}
