package dev.avow.engine;

import dev.avow.engine.RememberedOutcome.Ending;
import dev.avow.engine.log.LogKind;
import dev.avow.engine.participant.BranchInspection;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What stands in the directory of a participant with a log of its own, such as a {@link KeyValueStore}, read without a
 * lock and without changing anything, whether it is open or not. Immutable.
 *
 * @param incarnation the last that opened it
 * @param process the process that did
 * @param inDoubt the branches that wait for a decision, in their order
 * @param alone those decided alone whose coordinator hasn't spoken yet, and how
 * @param resolutions why persons had branches decided alone, oldest first
 * @param bytes what the log's files hold together
 * @param files their names
 * @param damage what is wrong and where; the lists above then hold only what was read before it
 */
public record ParticipantInspection(
        int incarnation,
        long process,
        List<TransactionId> inDoubt,
        Map<TransactionId, Ending> alone,
        List<Resolution> resolutions,
        long bytes,
        List<String> files,
        Optional<String> damage) {

    public ParticipantInspection {
        inDoubt = List.copyOf(inDoubt);
        alone = Collections.unmodifiableMap(new LinkedHashMap<>(alone));
        resolutions = List.copyOf(resolutions);
        files = List.copyOf(files);
    }

    /** Whether a participant's log is in this directory, rather than a coordinator's or none. */
    public static boolean isIn(Path directory) {
        return LogKind.in(directory).equals(Optional.of(LogKind.PARTICIPANT));
    }

    /**
     * Reads the log in this directory.
     *
     * @throws LogUnusableException if no participant's log is there, it is of a newer version, or it may not be read
     * @throws LogFailedException if reading failed
     */
    public static ParticipantInspection of(Path directory) {
        return BranchInspection.inspect(directory);
    }
}
