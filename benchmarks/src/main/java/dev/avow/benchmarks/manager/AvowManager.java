package dev.avow.benchmarks.manager;

import dev.avow.jta.AvowTransactionManager;
import java.nio.file.Path;
import javax.transaction.xa.XAResource;

/** Avow, with its log on the disk. */
public final class AvowManager implements Manager {
    private static final String FIRST = "orders";
    private static final String SECOND = "payments";

    private record Open(AvowTransactionManager manager) implements Running {
        @Override
        public Work work(XAResource first, XAResource second) {
            XAResource orders = manager.named(FIRST, first);
            XAResource payments = manager.named(SECOND, second);
            return () -> {
                manager.begin();
                manager.getTransaction().enlistResource(orders);
                manager.getTransaction().enlistResource(payments);
                manager.commit();
            };
        }

        @Override
        public void close() {
            manager.close();
        }
    }

    @Override
    public String name() {
        return "avow";
    }

    @Override
    public Running open(Path directory) {
        return new Open(AvowTransactionManager.at(directory)
                .resource(FIRST, NoOpSession::new)
                .resource(SECOND, NoOpSession::new)
                .open());
    }
}
