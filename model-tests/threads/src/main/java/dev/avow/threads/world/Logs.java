package dev.avow.threads.world;

import dev.avow.engine.CommitRecord;
import dev.avow.engine.DecisionLog;
import dev.avow.engine.LogException;
import dev.avow.engine.LogOptions;
import dev.avow.engine.TransactionId;
import dev.avow.engine.log.FileDecisionLog;
import dev.avow.engine.log.LogFiles;
import java.nio.file.Path;
import java.util.List;

/** Decision logs in memory, and their records. */
public final class Logs {
    public static final LogOptions SMALL = new LogOptions(4_096, 16);

    private static final Path DIRECTORY = Path.of("log");

    private Logs() {}

    public static DecisionLog open(LogFiles files) {
        return open(files, SMALL);
    }

    public static DecisionLog open(LogFiles files, LogOptions options) {
        return FileDecisionLog.open(DIRECTORY, options, files);
    }

    public static TransactionId id(int sequence) {
        return TransactionId.of(7, 1, sequence);
    }

    public static CommitRecord commit(int sequence) {
        return new CommitRecord(id(sequence), name(sequence), List.of("orders", "payments"));
    }

    private static String name(int sequence) {
        return "transaction-" + sequence;
    }

    /** What came of appending this commit: "durable" only if it is durable and applied the moment this is known. */
    public static String append(DecisionLog log, MemoryFiles disk, int sequence) {
        try {
            log.appendCommit(commit(sequence));
        } catch (LogException failure) {
            return failure.getClass().getSimpleName();
        }
        boolean durable = disk.hasForced(name(sequence));
        boolean applied = log.remembered(id(sequence)).isPresent();
        return durable && applied ? "durable" : "acknowledged, durable: " + durable + ", applied: " + applied;
    }

    /** The sequences of these commits, in their order. */
    public static List<Long> sequences(List<CommitRecord> commits) {
        return commits.stream().map(commit -> commit.id().sequence()).toList();
    }

    /** The sequences of the unfinished commits that a later opening finds. */
    public static List<Long> found(MemoryFiles disk) {
        try (DecisionLog log = open(disk.afterPowerLoss())) {
            return sequences(log.unfinished());
        }
    }
}
