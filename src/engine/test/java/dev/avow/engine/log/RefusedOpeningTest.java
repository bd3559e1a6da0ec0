package dev.avow.engine.log;

import static dev.avow.engine.log.Samples.assertSays;
import static dev.avow.engine.log.Samples.commit;
import static dev.avow.engine.log.Samples.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.CommitRecord;
import dev.avow.engine.DecisionLog;
import dev.avow.engine.LogDamagedException;
import dev.avow.engine.LogException;
import dev.avow.engine.LogFailedException;
import dev.avow.engine.LogInspection;
import dev.avow.engine.LogUnusableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an opening that failed leaves behind, and what it says. */
final class RefusedOpeningTest {

    @TempDir
    Path directory;

    /** Each file with what it holds. */
    private Map<Path, String> content() throws IOException {
        Map<Path, String> content = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                content.put(file, new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return content;
    }

    @Test
    void a_damaged_log_stays_as_it_is_however_often_someone_tries_to_open_it() throws IOException {
        try (DecisionLog log = Samples.open(directory)) {
            log.appendCommit(commit(1));
        }
        Path segment = directory.resolve("0000000001-000000.avow");
        byte[] damaged = Files.readAllBytes(segment);
        damaged[SegmentHeader.PADDED_BYTES + 100] ^= 1;
        Files.write(segment, damaged);
        Map<Path, String> before = content();
        for (int attempt = 0; attempt < 3; attempt++) {
            assertThrows(LogDamagedException.class, () -> Samples.open(directory));
        }
        assertEquals(before, content());
    }

    private static LogState replaying(Throwable failure) {
        return new LogState() {
            @Override
            public void apply(ByteBuffer record) {
                if (failure instanceof Error error) {
                    throw error;
                }
                throw new IllegalArgumentException(failure);
            }

            @Override
            public void snapshot(Consumer<byte[]> sink) {}
        };
    }

    private RecordLog open(LogState state) {
        return RecordLog.open(directory, LogKind.PARTICIPANT, Samples.SMALL, state);
    }

    @Test
    void records_that_cannot_be_read_leave_no_segment_behind() throws IOException {
        try (RecordLog log = open(new RecordingState())) {
            log.append(new byte[] {1});
        }
        int before = content().size();
        LogState unreadable = replaying(new IOException("no such kind of record"));
        assertThrows(LogDamagedException.class, () -> open(unreadable));
        assertThrows(LogDamagedException.class, () -> open(unreadable));
        assertEquals(before, content().size());
        open(new RecordingState()).close();
    }

    @Test
    void an_error_in_an_opening_lets_go_of_the_directory() {
        try (RecordLog log = open(new RecordingState())) {
            log.append(new byte[] {1});
        }
        OutOfMemoryError none = new OutOfMemoryError("for the replay");
        assertSame(none, assertThrows(OutOfMemoryError.class, () -> open(replaying(none))));
        open(new RecordingState()).close();
    }

    @Test
    void a_path_that_speaks_of_a_full_disk_makes_no_full_disk() throws IOException {
        Path folder = Files.createDirectory(directory.resolve("disk full"));
        Path file = Files.createFile(folder.resolve("log"));
        assertThrows(LogUnusableException.class, () -> DecisionLog.open(file));
        LogDirectory odd = new LogDirectory(folder, LogKind.DECISIONS, DiskFiles.DISK);
        assertFalse(odd.isFull(new AccessDeniedException(folder.toString()), 1));
        assertTrue(odd.isFull(new FileSystemException(folder.toString(), null, "No space left on device"), 1));
    }

    @Test
    void a_missing_right_is_told_as_such_even_on_a_full_disk() {
        FaultyFiles files = new FaultyFiles(new MemoryDisk());
        files.setFull(true);
        LogDirectory full = new LogDirectory(directory, LogKind.DECISIONS, files);
        LogException told = full.openingFailed(new AccessDeniedException(directory.toString()));
        assertSays(told, "give it the rights");
    }

    /** A folder stands for whatever keeps a file that is there from being opened, such as too many open files. */
    @Test
    void a_file_that_is_there_and_cannot_be_opened_is_not_told_to_be_missing() throws IOException {
        Path file = Files.createDirectory(directory.resolve("incarnation"));
        FileSystemException refused = assertThrows(FileSystemException.class, () -> DiskFiles.DISK.open(file, false));
        assertFalse(refused instanceof NoSuchFileException);
        assertThrows(LogFailedException.class, () -> LogInspection.of(directory));
    }

    @Test
    void the_lock_goes_after_every_file() {
        FaultyFiles files = new FaultyFiles(new MemoryDisk());
        Samples.open(directory, files).close();
        assertEquals(0, files.openFilesWhenUnlocked.get());
    }

    @Test
    void whichever_operation_fails_no_file_stays_open() {
        MemoryDisk disk = new MemoryDisk();
        FaultyFiles whole = new FaultyFiles(disk);
        appendThroughTurnovers(whole);
        assertTrue(
                disk.list(directory).stream().anyMatch(name -> name.matches("0000000001-00000[2-9].avow")),
                "there were no turnovers");
        for (int operation = 0; operation < whole.operations.get(); operation++) {
            FaultyFiles files = new FaultyFiles(new MemoryDisk()).failAt(operation, FaultyFiles.Fault.NOTHING);
            appendThroughTurnovers(files);
            assertTrue(files.hasFailed(), "operation " + operation);
            assertEquals(0, files.openFiles.get(), "after operation " + operation + " failed");
        }
    }

    private void appendThroughTurnovers(LogFiles files) {
        try (DecisionLog log = Samples.open(directory, files)) {
            for (long sequence = 1; sequence <= 60; sequence++) {
                log.appendCommit(new CommitRecord(id(sequence), "x".repeat(700), List.of("orders")));
            }
        } catch (LogException failed) {
            // As one of them must.
        }
    }
}
