package dev.avow.trace;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * A file to which events are appended as they happen. An event stands in it before the thread that saw it goes on: a killed
 * process leaves all that it did, but for the last thing that each thread was doing.
 */
final class TraceFile implements AutoCloseable {
    private final OutputStream out;

    TraceFile(Path file) throws IOException {
        this.out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        // Ends the part of a line that a kill may have left.
        out.write('\n');
    }

    synchronized void write(TraceEvent event) {
        try {
            // One write for each line: what a kill leaves is lines, and at most one part of a line.
            out.write((event.toLine() + "\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        out.close();
    }

    static List<TraceEvent> read(Path file) throws IOException {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.US_ASCII)) {
            return lines.flatMap(TraceEvent::parse).toList();
        }
    }
}
