package dev.avow.engine;

/**
 * A write or a force failed and the log has stopped for good. Whether the record is durable is unknown: opening the log
 * again finds out. It doesn't retry: after a failed fsync the kernel may have dropped the very pages that a second,
 * successful fsync would seem to cover (Rebello et al., "Can Applications Recover from fsync Failures?", 2020).
 */
public final class LogFailedException extends LogException {

    private static final long serialVersionUID = 1L;

    public LogFailedException(String message) {
        super(message);
    }

    public LogFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
