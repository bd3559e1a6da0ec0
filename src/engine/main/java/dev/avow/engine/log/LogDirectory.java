package dev.avow.engine.log;

import dev.avow.engine.LogException;
import dev.avow.engine.LogFailedException;
import dev.avow.engine.LogFullException;
import dev.avow.engine.LogUnusableException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** One log's directory: its files' names, and what its errors mean. */
record LogDirectory(Path path, LogKind kind, LogFiles files) {

    static final String LOCK = "lock";
    static final String INCARNATION = "incarnation";

    private static final List<String> FULL =
            List.of("no space left", "not enough space", "quota exceeded", "disk full", "disk is full");

    Path incarnation() {
        return path.resolve(INCARNATION);
    }

    Path segment(SegmentName name) {
        return path.resolve(name.fileName());
    }

    /** Newest first. */
    List<SegmentName> segments() throws IOException {
        List<SegmentName> segments = new ArrayList<>();
        for (String file : files.list(path)) {
            SegmentName.parse(file).ifPresent(segments::add);
        }
        segments.sort(Collections.reverseOrder());
        return segments;
    }

    /** Sorted; without files that aren't the log's. */
    List<String> logFiles() throws IOException {
        return files.list(path).stream()
                .filter(file -> file.equals(INCARNATION)
                        || file.equals(LOCK)
                        || SegmentName.parse(file).isPresent())
                .sorted()
                .toList();
    }

    /** What these files hold together; one that is gone by now holds nothing. */
    long bytes(List<String> names) throws IOException {
        long bytes = 0;
        for (String name : names) {
            if (name.equals(LOCK)) {
                continue; // opening it would cost this process its lock: see DiskFiles
            }
            try (LogFile file = files.open(path.resolve(name), false)) {
                bytes += file.length();
            } catch (NoSuchFileException e) {
                bytes += 0;
            }
        }
        return bytes;
    }

    void deleteOlderThan(SegmentName newest) throws IOException {
        for (SegmentName name : segments()) {
            if (name.compareTo(newest) < 0) {
                files.delete(segment(name));
            }
        }
    }

    /** The system's words for it may be in the user's language: then the space itself has to tell. */
    boolean isFull(IOException failure, long neededBytes) {
        String reason = reason(failure).toLowerCase(Locale.ROOT);
        if (FULL.stream().anyMatch(reason::contains)) {
            return true;
        }
        try {
            return files.usableBytes(path) < neededBytes;
        } catch (IOException e) {
            failure.addSuppressed(e);
            return false;
        }
    }

    /** The system's own words, without the path, which may say anything. */
    private static String reason(IOException failure) {
        return String.valueOf(
                failure instanceof FileSystemException fileSystem ? fileSystem.getReason() : failure.getMessage());
    }

    LogException openingFailed(IOException failure) {
        String reason = reason(failure);
        if (failure instanceof FileAlreadyExistsException
                || failure instanceof NotDirectoryException
                || reason.contains("Not a directory")) {
            return new LogUnusableException(
                    path + " isn't a directory, so it can't hold " + kind + ": choose another", failure);
        }
        if (failure instanceof AccessDeniedException || reason.contains("Read-only")) {
            return new LogUnusableException(
                    "the directory " + path + " can't be read and written by this process ("
                            + System.getProperty("user.name") + "): " + failure.getMessage()
                            + ": give it the rights, or choose another directory",
                    failure);
        }
        if (isFull(failure, 1)) {
            return new LogFullException("there is no space to open the log in " + path + ": free some", failure);
        }
        return new LogFailedException("opening the log in " + path + " failed: " + failure, failure);
    }
}
