package dev.avow.cli;

import dev.avow.cli.terminal.Complaint;
import dev.avow.engine.ParticipantInspection;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a log is, given its directory or a demo's folder. */
final class LogPath {
    private LogPath() {}

    static Path of(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw Complaint.wrongInput(
                    Files.exists(directory)
                            ? directory + " is a file: name a folder"
                            : "there is no folder " + directory);
        }
        Path inside = directory.resolve("log");
        return Files.isDirectory(inside) ? inside : directory;
    }

    /** The same for what only a coordinator's log can tell. */
    static Path ofCoordinator(Path directory) {
        Path log = of(directory);
        if (ParticipantInspection.isIn(log)) {
            throw Complaint.wrongInput(
                    log + " is a participant's log, not a coordinator's: avow status shows what it holds");
        }
        return log;
    }
}
