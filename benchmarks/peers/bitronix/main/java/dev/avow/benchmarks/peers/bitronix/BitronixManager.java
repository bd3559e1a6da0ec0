package dev.avow.benchmarks.peers.bitronix;

import bitronix.tm.BitronixTransactionManager;
import bitronix.tm.Configuration;
import bitronix.tm.TransactionManagerServices;
import bitronix.tm.Version;
import bitronix.tm.resource.ehcache.EhCacheXAResourceProducer;
import dev.avow.benchmarks.manager.Manager;
import dev.avow.benchmarks.manager.NoOpResource;
import java.nio.file.Path;
import javax.transaction.xa.XAResource;

/** Bitronix, or its fork, which has the same classes. One in a process: its configuration is static. */
abstract class BitronixManager implements Manager {
    private static final String PRODUCT = Version.getVersion().startsWith("2.") ? "bitronix" : "bitronix-fork";

    private static final int JOURNAL_MEGABYTES = 16;

    private final String name;
    private final String journal;

    BitronixManager(String name, String journal) {
        this.name = name;
        this.journal = journal;
    }

    /** With its journal on the disk. */
    public static final class Durable extends BitronixManager {
        public Durable() {
            super(PRODUCT, "disk");
        }
    }

    /** With a journal that keeps nothing. */
    public static final class Volatile extends BitronixManager {
        public Volatile() {
            super(PRODUCT + "-volatile", "null");
        }
    }

    private record Open(BitronixTransactionManager manager) implements Running {
        @Override
        public Work work(XAResource first, XAResource second) {
            register(first, second);
            return () -> {
                manager.begin();
                manager.getTransaction().enlistResource(first);
                manager.getTransaction().enlistResource(second);
                manager.commit();
            };
        }

        @Override
        public void close() {
            manager.shutdown();
        }
    }

    /** It enlists none that it couldn't recover. Of its own producers, the one for resources that exist already. */
    private static void register(XAResource orders, XAResource payments) {
        EhCacheXAResourceProducer.registerXAResource("orders", orders);
        EhCacheXAResourceProducer.registerXAResource("payments", payments);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Running open(Path directory) {
        Configuration settings = TransactionManagerServices.getConfiguration();
        settings.setServerId("benchmark");
        settings.setDisableJmx(true);
        settings.setJournal(journal);
        settings.setLogPart1Filename(
                directory.resolve("part1.btm").toAbsolutePath().toString());
        settings.setLogPart2Filename(
                directory.resolve("part2.btm").toAbsolutePath().toString());
        // Room for a while: when it is full, what is unfinished moves to the other part, and everyone waits.
        settings.setMaxLogSizeInMb(JOURNAL_MEGABYTES);
        // Only what recovery needs: commits that were decided, and their ends.
        settings.setFilterLogStatus(true);
        settings.setForcedWriteEnabled(true);
        settings.setForceBatchingEnabled(true);
        // Before anyone else can: a producer is found by others before it is ready.
        register(new NoOpResource(), new NoOpResource());
        return new Open(TransactionManagerServices.getTransactionManager());
    }
}
