package dev.avow.engine;

import dev.avow.engine.log.FileDecisionLog;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What stands in a decision log's directory, read without a lock and without changing anything, whether a coordinator
 * is running there or not. Of a live log it shows one recent moment. Immutable.
 *
 * @param coordinator the 48 random bits in its transaction ids
 * @param incarnation the last that opened it
 * @param process the process that did
 * @param unfinished commits without an end, oldest first
 * @param remembered finished transactions, oldest first; at least those that a running coordinator remembers
 * @param heuristics not yet settled, oldest first
 * @param resolutions what persons have resolved, oldest first
 * @param bytes what the log's files hold together
 * @param files their names
 * @param damage what is wrong and where; the lists above then hold only what was read before it
 */
public record LogInspection(
        long coordinator,
        int incarnation,
        long process,
        List<CommitRecord> unfinished,
        List<RememberedOutcome> remembered,
        List<HeuristicRecord> heuristics,
        List<Resolution> resolutions,
        long bytes,
        List<String> files,
        Optional<String> damage) {

    public LogInspection {
        unfinished = List.copyOf(unfinished);
        remembered = List.copyOf(remembered);
        heuristics = List.copyOf(heuristics);
        resolutions = List.copyOf(resolutions);
        files = List.copyOf(files);
    }

    /**
     * Reads the log in this directory.
     *
     * @throws LogUnusableException if no decision log is there, it is of a newer version, or it may not be read
     * @throws LogFailedException if reading failed
     */
    public static LogInspection of(Path directory) {
        return FileDecisionLog.inspect(directory);
    }
}
