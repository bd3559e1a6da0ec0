package dev.avow.engine;

import java.nio.file.Path;

/** The log is open already, in this process or in another. Nothing was changed. */
public final class LogInUseException extends LogException {

    private static final long serialVersionUID = 1L;

    private final String directory;
    private final long pid;

    /** @param pid the process that opened it last; 0 if not yet known */
    public LogInUseException(Path directory, long pid) {
        super("the log in " + directory + " is open in "
                + (pid == ProcessHandle.current().pid()
                        ? "this process (" + pid + ")"
                        : pid == 0 ? "another process" : "process " + pid)
                + ": close it there, or give this one its own directory");
        this.directory = directory.toString();
        this.pid = pid;
    }

    public Path directory() {
        return Path.of(directory);
    }

    /** The process that opened it last; 0 if not yet known. */
    public long pid() {
        return pid;
    }
}
