package dev.avow.engine.log;

import dev.avow.engine.CommitRecord;
import dev.avow.engine.DecisionLog;
import dev.avow.engine.HeuristicRecord;
import dev.avow.engine.LogOptions;
import dev.avow.engine.RememberedOutcome;
import dev.avow.engine.RememberedOutcome.Ending;
import dev.avow.engine.Resolution;
import dev.avow.engine.TransactionId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Assertions;

/** Records and questions that many tests share. */
final class Samples {

    static final LogOptions SMALL = LogOptions.defaults().withSegmentBytes(8_192);

    static FileDecisionLog open(Path directory) {
        return FileDecisionLog.open(directory, SMALL);
    }

    static FileDecisionLog open(Path directory, LogFiles files) {
        return FileDecisionLog.open(directory, SMALL, files);
    }

    static final Instant WHEN = Instant.parse("2025-06-15T12:00:00Z");

    /** As after a kill: whoever had it open never closes it. */
    static FileDecisionLog openAnyway(Path directory) {
        return FileDecisionLog.open(directory, SMALL, new FaultyFiles(DiskFiles.DISK).ignoringLocks());
    }

    static TransactionId id(long sequence) {
        return TransactionId.of(0x3f9c02ab17deL, 7, sequence);
    }

    static CommitRecord commit(long sequence) {
        return new CommitRecord(id(sequence), "O" + sequence, List.of("orders", "payments"));
    }

    static Resolution resolution(long sequence, Ending decision) {
        return new Resolution(id(sequence), "O" + sequence, "payments", decision, false, "ada", WHEN, "gone");
    }

    static HeuristicRecord heuristic(long sequence) {
        return new HeuristicRecord(id(sequence), "O" + sequence, "payments", "abort", "commit");
    }

    /** The sequences of all commits that the log knows, unfinished or remembered, among the first so many. */
    static Set<Long> committed(DecisionLog log, long sequences) {
        Set<Long> committed = new TreeSet<>();
        for (long sequence = 1; sequence <= sequences; sequence++) {
            Optional<RememberedOutcome> outcome = log.remembered(id(sequence));
            if (outcome.isPresent() && outcome.get().ending() == Ending.COMMITTED) {
                committed.add(sequence);
            }
        }
        return committed;
    }

    static void assertSays(Throwable thrown, String... words) {
        String message = String.valueOf(thrown.getMessage());
        for (String word : words) {
            Assertions.assertTrue(message.contains(word), () -> "no \"" + word + "\" in: " + message);
        }
    }

    private Samples() {}
}
