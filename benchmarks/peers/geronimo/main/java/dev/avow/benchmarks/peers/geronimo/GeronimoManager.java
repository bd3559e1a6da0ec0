package dev.avow.benchmarks.peers.geronimo;

import dev.avow.benchmarks.manager.Manager;
import java.nio.file.Path;
import javax.transaction.xa.XAResource;
import org.apache.geronimo.transaction.log.HOWLLog;
import org.apache.geronimo.transaction.log.UnrecoverableLog;
import org.apache.geronimo.transaction.manager.GeronimoTransactionManager;
import org.apache.geronimo.transaction.manager.NamedXAResource;
import org.apache.geronimo.transaction.manager.TransactionLog;
import org.apache.geronimo.transaction.manager.WrapperNamedXAResource;
import org.apache.geronimo.transaction.manager.XidFactory;
import org.apache.geronimo.transaction.manager.XidFactoryImpl;

/** Geronimo's transaction manager. */
abstract class GeronimoManager implements Manager {
    /** Its default, which has to be said before the log. */
    private static final int TIMEOUT_SECONDS = 600;

    private final String name;

    GeronimoManager(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
    }

    /** Writes to HOWL, its log on the disk. */
    public static final class Howl extends GeronimoManager {
        private static final int BUFFER_KILOBYTES = 32;
        private static final int INITIAL_BUFFERS = 4;
        private static final int NO_LIMIT_OF_BUFFERS = 0;
        private static final int NO_LIMIT_OF_THREADS = -1;
        private static final int NO_LIMIT_OF_BLOCKS = -1;
        private static final int FILES = 2;
        private static final int FLUSH_SLEEP_MILLIS = 50;

        public Howl() {
            super("geronimo-howl");
        }

        @Override
        public Running open(Path directory) throws Exception {
            XidFactory xids = new XidFactoryImpl();
            HOWLLog log = new HOWLLog(
                    "org.objectweb.howl.log.BlockLogBuffer",
                    BUFFER_KILOBYTES,
                    true, // checksums,
                    true, // Adler's
                    FLUSH_SLEEP_MILLIS,
                    directory.toAbsolutePath().toString(),
                    "log",
                    "howl",
                    NO_LIMIT_OF_BLOCKS,
                    NO_LIMIT_OF_BUFFERS,
                    FILES,
                    INITIAL_BUFFERS,
                    NO_LIMIT_OF_THREADS,
                    true, // a commit that finds nobody forcing doesn't wait for more to come
                    xids,
                    directory.toFile());
            log.doStart();
            return new Open(manager(xids, log), log::doStop);
        }
    }

    /** Writes nothing. */
    public static final class Volatile extends GeronimoManager {
        public Volatile() {
            super("geronimo-volatile");
        }

        @Override
        public Running open(Path directory) throws Exception {
            return new Open(manager(new XidFactoryImpl(), new UnrecoverableLog()), () -> {});
        }
    }

    private static GeronimoTransactionManager manager(XidFactory xids, TransactionLog log) throws Exception {
        return new GeronimoTransactionManager(TIMEOUT_SECONDS, xids, log);
    }

    private record Open(GeronimoTransactionManager manager, Work closing) implements Running {
        @Override
        public Work work(XAResource first, XAResource second) {
            // The log holds names, by which recovery would find the resources.
            NamedXAResource orders = new WrapperNamedXAResource(first, "orders");
            NamedXAResource payments = new WrapperNamedXAResource(second, "payments");
            return () -> {
                manager.begin();
                manager.getTransaction().enlistResource(orders);
                manager.getTransaction().enlistResource(payments);
                manager.commit();
            };
        }

        @Override
        public void close() throws Exception {
            closing.run();
        }
    }
}
