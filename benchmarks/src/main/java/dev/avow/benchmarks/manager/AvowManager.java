package dev.avow.benchmarks.manager;

import dev.avow.benchmarks.disk.ForcedFile;
import dev.avow.benchmarks.engine.VolatileLog;
import dev.avow.engine.AvowOptions;
import dev.avow.engine.Calling;
import dev.avow.engine.LogObserver;
import dev.avow.engine.LogOptions;
import dev.avow.jta.AvowTransactionManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import javax.transaction.xa.XAResource;

/** Avow through its Jakarta Transactions API. */
abstract class AvowManager implements Manager {
    private static final String FIRST = "orders";
    private static final String SECOND = "payments";

    private final String name;
    private final Calling calling;

    AvowManager(String name, Calling calling) {
        this.name = name;
        this.calling = calling;
    }

    /** Its log on the disk, and resources called as the peers call them. */
    public static final class Durable extends AvowManager {
        public Durable() {
            super("avow", Calling.ONE_BY_ONE);
        }
    }

    /** As a user has it who sets nothing: resources are called on threads of the coordinator. */
    public static final class Default extends AvowManager {
        public Default() {
            super("avow-default", Calling.SIDE_BY_SIDE);
        }
    }

    /** Without a log. */
    public static final class Volatile extends AvowManager {
        public Volatile() {
            super("avow-volatile", Calling.ONE_BY_ONE);
        }

        @Override
        AvowTransactionManager.Builder at(Path directory) {
            return AvowTransactionManager.over(new VolatileLog());
        }
    }

    private record Open(AvowTransactionManager manager, Optional<ExtraForce> extra) implements Running {
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
        public void close() throws IOException {
            manager.close();
            if (extra.isPresent()) {
                extra.get().file.close();
            }
        }
    }

    @Override
    public String name() {
        return name;
    }

    AvowTransactionManager.Builder at(Path directory) {
        return AvowTransactionManager.at(directory);
    }

    @Override
    public Running open(Path directory) {
        Optional<ExtraForce> extra = Slowed.EXTRA_FORCE.isHere() ? Optional.of(new ExtraForce()) : Optional.empty();
        LogOptions log = LogOptions.defaults();
        AvowOptions options = AvowOptions.defaults()
                .withCalling(calling)
                .withLog(extra.map(log::withObserver).orElse(log));
        AvowTransactionManager manager = at(directory)
                .resource(FIRST, NoOpSession::new)
                .resource(SECOND, NoOpSession::new)
                .options(options)
                .open();
        return new Open(manager, extra);
    }

    /** Between the log's own force and what that allows. */
    private static final class ExtraForce implements LogObserver {
        private final ForcedFile file = new ForcedFile();

        @Override
        public void forced(int records, long nanos) {
            try {
                file.append(records);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
