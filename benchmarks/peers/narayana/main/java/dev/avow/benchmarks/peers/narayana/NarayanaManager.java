package dev.avow.benchmarks.peers.narayana;

import com.arjuna.ats.arjuna.common.ObjectStoreEnvironmentBean;
import com.arjuna.ats.arjuna.common.arjPropertyManager;
import com.arjuna.ats.arjuna.coordinator.TxControl;
import com.arjuna.ats.arjuna.objectstore.StoreManager;
import com.arjuna.ats.internal.arjuna.objectstore.ShadowNoFileLockStore;
import com.arjuna.ats.internal.arjuna.objectstore.VolatileStore;
import com.arjuna.ats.internal.arjuna.objectstore.hornetq.HornetqJournalEnvironmentBean;
import com.arjuna.ats.internal.arjuna.objectstore.hornetq.HornetqObjectStoreAdaptor;
import com.arjuna.ats.internal.arjuna.objectstore.slot.DiskSlots;
import com.arjuna.ats.internal.arjuna.objectstore.slot.SlotStoreAdaptor;
import com.arjuna.ats.internal.arjuna.objectstore.slot.SlotStoreEnvironmentBean;
import com.arjuna.common.internal.util.propertyservice.BeanPopulator;
import dev.avow.benchmarks.manager.Manager;
import jakarta.transaction.TransactionManager;
import java.nio.file.Path;
import javax.transaction.xa.XAResource;

/** Narayana, which has several logs to choose from. One in a process: its configuration is static. */
abstract class NarayanaManager implements Manager {
    private final String name;
    private final Class<?> store;

    NarayanaManager(String name, Class<?> store) {
        this.name = name;
        this.store = store;
    }

    /** A file for each transaction: what it does unless told otherwise. */
    public static final class Files extends NarayanaManager {
        public Files() {
            super("narayana-file", ShadowNoFileLockStore.class);
        }

        @Override
        void configure(String directory) {}
    }

    /** Artemis's journal, which forces for several transactions at once. */
    public static final class Journal extends NarayanaManager {
        private static final int FLUSHES_PER_SECOND = 20_000;

        public Journal() {
            super("narayana-journal", HornetqObjectStoreAdaptor.class);
        }

        @Override
        void configure(String directory) {
            HornetqJournalEnvironmentBean journal =
                    BeanPopulator.getDefaultInstance(HornetqJournalEnvironmentBean.class);
            journal.setStoreDir(directory);
            // With libaio it was no faster, and it needs a library of the system's.
            journal.setAsyncIO(false);
            // It gathers records for so long before it forces them; 500 by default, which is 2 ms.
            journal.setBufferFlushesPerSecond(FLUSHES_PER_SECOND);
            // That it has ended may be forgotten: recovery would ask the resources again.
            journal.setSyncDeletes(false);
        }
    }

    /** As many files as transactions at a time, written over and over. */
    public static final class Slots extends NarayanaManager {
        public Slots() {
            super("narayana-slots", SlotStoreAdaptor.class);
        }

        @Override
        void configure(String directory) {
            SlotStoreEnvironmentBean slots = BeanPopulator.getDefaultInstance(SlotStoreEnvironmentBean.class);
            slots.setStoreDir(directory);
            slots.setBackingSlotsClassName(DiskSlots.class.getName());
            // As in the journal.
            slots.setSyncDeletes(false);
        }
    }

    /** Without a log. */
    public static final class Volatile extends NarayanaManager {
        public Volatile() {
            super("narayana-volatile", VolatileStore.class);
        }

        @Override
        void configure(String directory) {}
    }

    private record Open(TransactionManager manager) implements Running {
        @Override
        public Work work(XAResource first, XAResource second) {
            return () -> {
                manager.begin();
                manager.getTransaction().enlistResource(first);
                manager.getTransaction().enlistResource(second);
                manager.commit();
            };
        }

        @Override
        public void close() {
            TxControl.disable(true);
            StoreManager.shutdown();
        }
    }

    @Override
    public String name() {
        return name;
    }

    abstract void configure(String directory);

    @Override
    public Running open(Path directory) throws Exception {
        // Which is silent, as nothing but a class that does nothing is behind it.
        System.setProperty("org.jboss.logging.provider", "slf4j");
        String path = directory.toAbsolutePath().toString();
        arjPropertyManager.getCoreEnvironmentBean().setNodeIdentifier("1");
        // It would write a file that says where recovery in another process may ask: there is none here.
        arjPropertyManager.getCoordinatorEnvironmentBean().setTransactionStatusManagerEnable(false);
        ObjectStoreEnvironmentBean log = arjPropertyManager.getObjectStoreEnvironmentBean();
        log.setObjectStoreDir(path);
        log.setObjectStoreType(store.getName());
        configure(path);
        return new Open(com.arjuna.ats.jta.TransactionManager.transactionManager());
    }
}
