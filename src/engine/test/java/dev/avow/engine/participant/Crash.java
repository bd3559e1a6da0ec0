package dev.avow.engine.participant;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What happens to a log's directory while someone has it open. */
final class Crash {

    private static final String INCARNATION = "incarnation";

    /**
     * Copies what is on the disk: that which a kill at this moment would leave. The lock file stays, for to open it a
     * second time would give the lock away.
     */
    static Path image(Path directory, Path copy) throws IOException {
        Files.createDirectories(copy);
        for (Path file : files(directory)) {
            if (!file.endsWith("lock")) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        return copy;
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    /** Lets the next append fail after its force: its record is durable, and nobody is told. Gives what was there. */
    static byte[] failAfterForce(Path directory) throws IOException {
        byte[] numbers = Files.readAllBytes(directory.resolve(INCARNATION));
        Files.write(directory.resolve(INCARNATION), new byte[0]);
        return numbers;
    }

    static void repair(Path directory, byte[] numbers) throws IOException {
        Files.write(directory.resolve(INCARNATION), numbers);
    }

    private Crash() {}
}
