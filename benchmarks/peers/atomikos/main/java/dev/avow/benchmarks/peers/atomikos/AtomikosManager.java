package dev.avow.benchmarks.peers.atomikos;

import com.atomikos.icatch.config.UserTransactionService;
import com.atomikos.icatch.config.UserTransactionServiceImp;
import com.atomikos.icatch.jta.UserTransactionManager;
import dev.avow.benchmarks.manager.Manager;
import jakarta.transaction.TransactionManager;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.transaction.xa.XAResource;

/** Atomikos. One in a process: its configuration is static. */
abstract class AtomikosManager implements Manager {
    /** Held, as its level would be lost with it. */
    private static final Logger LOGGER = Logger.getLogger("com.atomikos");

    private final String name;
    private final boolean logging;

    AtomikosManager(String name, boolean logging) {
        this.name = name;
        this.logging = logging;
    }

    /** With its log on the disk. */
    public static final class Durable extends AtomikosManager {
        public Durable() {
            super("atomikos", true);
        }
    }

    /** Its records in memory only. */
    public static final class Volatile extends AtomikosManager {
        public Volatile() {
            super("atomikos-volatile", false);
        }
    }

    private record Open(
            UserTransactionService service, TransactionManager manager, Registered orders, Registered payments)
            implements Running {
        @Override
        public Work work(XAResource first, XAResource second) {
            orders.add(first);
            payments.add(second);
            return () -> {
                manager.begin();
                manager.getTransaction().enlistResource(first);
                manager.getTransaction().enlistResource(second);
                manager.commit();
            };
        }

        @Override
        public void close() {
            service.shutdown(true);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Running open(Path directory) throws Exception {
        Properties settings = new Properties();
        settings.setProperty("com.atomikos.icatch.tm_unique_name", "benchmark");
        settings.setProperty(
                "com.atomikos.icatch.log_base_dir", directory.toAbsolutePath().toString());
        settings.setProperty("com.atomikos.icatch.enable_logging", String.valueOf(logging));
        // No more than 50 at a time otherwise.
        settings.setProperty("com.atomikos.icatch.max_actives", "-1");
        return quietly(() -> open(settings));
    }

    private static Running open(Properties settings) throws Exception {
        UserTransactionService service = new UserTransactionServiceImp(settings);
        Registered orders = new Registered("orders");
        Registered payments = new Registered("payments");
        service.registerResource(orders);
        service.registerResource(payments);
        service.init();
        UserTransactionManager manager = new UserTransactionManager();
        manager.setStartupTransactionService(false);
        manager.init();
        return new Open(service, manager, orders, payments);
    }

    /** It prints where it looks for a logger, and logs its whole configuration. */
    private static Running quietly(Callable<Running> opening) throws Exception {
        PrintStream out = System.out;
        System.setOut(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        try {
            LOGGER.setLevel(Level.OFF);
            return opening.call();
        } finally {
            System.setOut(out);
        }
    }
}
