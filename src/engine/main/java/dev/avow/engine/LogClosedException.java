package dev.avow.engine;

/**
 * The log was closed in this process. The record is not in it.
 */
public final class LogClosedException extends LogException {

    private static final long serialVersionUID = 1L;

    public LogClosedException(String message) {
        super(message);
    }
}
