package dev.avow.engine.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;

/**
 * All that a log asks of its surroundings: every file operation, so that a test can count each and let each fail, and the
 * two things that differ from run to run, so that a simulated run can be repeated.
 */
public interface LogFiles {

    /** Creates it durably, and its parents, where missing. */
    void createDirectory(Path directory) throws IOException;

    /** The names of its files. */
    List<String> list(Path directory) throws IOException;

    /** Creates an empty file; {@link java.nio.file.FileAlreadyExistsException} if the name is taken. */
    LogFile create(Path file) throws IOException;

    LogFile open(Path file, boolean writable) throws IOException;

    void delete(Path file) throws IOException;

    /** Returns once the creations and deletions in it are durable. */
    void forceDirectory(Path directory) throws IOException;

    /** Empty if someone else holds it, in this process or another. Closing the result gives it back. */
    Optional<Closeable> tryLock(Path directory, String name) throws IOException;

    long usableBytes(Path directory) throws IOException;

    /** 48 random bits, for a log that is being created. */
    default long drawOwner() {
        return new SecureRandom().nextLong() >>> 16;
    }

    /** Named to whoever finds the log in use. */
    default long processId() {
        return ProcessHandle.current().pid();
    }
}
