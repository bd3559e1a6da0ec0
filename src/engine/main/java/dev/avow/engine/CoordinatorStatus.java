package dev.avow.engine;

import dev.avow.engine.run.StatusFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a running coordinator last wrote of itself beside its log, for people: only the process knows why something isn't
 * done yet and when it is tried again. The file is written when something changes, at most once a second or so, and is
 * gone after a close; one whose process was killed stays until the next start. Nothing rests on it. Immutable.
 *
 * @param process the process
 * @param incarnation which opening of the log it is
 * @param written when; the ages and pauses of the list count from here
 * @param stopped why it decides nothing any more, if it doesn't
 * @param pending what was still to be done and didn't go at once
 */
public record CoordinatorStatus(
        long process, int incarnation, Instant written, Optional<String> stopped, List<Pending> pending) {

    public CoordinatorStatus {
        pending = List.copyOf(pending);
    }

    /** What is there; empty if there is no such file, or none that can be understood. */
    public static Optional<CoordinatorStatus> in(Path directory) {
        return StatusFile.in(directory).read();
    }
}
