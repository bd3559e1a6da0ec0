package dev.avow.cli;

import dev.avow.cli.terminal.Complaint;
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
}
