package dev.avow.benchmarks.command;

import dev.avow.benchmarks.text.Complaint;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where a report goes. */
final class Output {
    private Output() {}

    static void put(String report, Optional<Path> file, PrintWriter out) {
        if (file.isEmpty()) {
            out.print(report);
            out.flush();
            return;
        }
        Path path = file.get().toAbsolutePath();
        try {
            Files.createDirectories(Optional.ofNullable(path.getParent()).orElse(path));
            Files.writeString(path, report);
        } catch (IOException failure) {
            throw new Complaint(path + " can't be written: " + failure.getMessage(), failure);
        }
        out.println("Written to " + path);
    }
}
