package dev.avow.engine;

import java.nio.file.Path;

/**
 * The log holds bytes that no crash can have left there. Decisions might be missing, so it isn't opened, and no record
 * in it was deleted or changed. What can still be read {@code avow log} shows. Never put an older copy of the directory in its
 * place: it has forgotten the decisions since, and would have them aborted. Only a copy that is as new will do, such as
 * the other half of a mirror.
 */
public final class LogDamagedException extends LogException {

    private static final long serialVersionUID = 1L;

    private final String fault;
    private final String file;
    private final long offset;

    /**
     * @param file the damaged file
     * @param offset where in it, in bytes
     * @param what what stands there and what should
     */
    public LogDamagedException(Path file, long offset, String what) {
        super(fault(file, offset, what)
                + ". No record was changed. Don't put an older copy in its place, which has forgotten"
                + " decisions; read what is left with: avow log "
                + file.toAbsolutePath().getParent());
        this.fault = fault(file, offset, what);
        this.file = file.toString();
        this.offset = offset;
    }

    private static String fault(Path file, long offset, String what) {
        return file + " is damaged at byte " + offset + ": " + what;
    }

    /** File, offset and what is wrong there, without advice. */
    public String fault() {
        return fault;
    }

    public Path file() {
        return Path.of(file);
    }

    /** In bytes from the start of the file. */
    public long offset() {
        return offset;
    }
}
