package dev.avow.engine;

/**
 * There is no space for the log to go on. The record is certainly not in the log, so its transaction may be aborted.
 * The log stays open: each later append tries again, and succeeds once space has returned.
 */
public final class LogFullException extends LogException {

    private static final long serialVersionUID = 1L;

    public LogFullException(String message) {
        super(message);
    }

    public LogFullException(String message, Throwable cause) {
        super(message, cause);
    }
}
