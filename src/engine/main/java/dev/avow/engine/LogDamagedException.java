package dev.avow.engine;

import java.nio.file.Path;

/**
 * The log holds bytes that no crash can have left there. Decisions might be missing, so it isn't opened, and no record in
 * it was deleted or changed: restore the directory from a copy, or inspect what can still be read with {@code avow log}.
 */
public final class LogDamagedException extends LogException {

    private static final long serialVersionUID = 1L;

    private final String file;
    private final long offset;

    /**
     * @param file the damaged file
     * @param offset where in it, in bytes
     * @param what what stands there and what should
     */
    public LogDamagedException(Path file, long offset, String what) {
        super(file + " is damaged at byte " + offset + ": " + what
                + ". No record was changed; restore the directory from"
                + " a copy, or read what is left with: avow log "
                + file.toAbsolutePath().getParent());
        this.file = file.toString();
        this.offset = offset;
    }

    public Path file() {
        return Path.of(file);
    }

    /** In bytes from the start of the file. */
    public long offset() {
        return offset;
    }
}
