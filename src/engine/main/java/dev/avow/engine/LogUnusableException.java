package dev.avow.engine;

/**
 * The directory can't be used as this log: it holds something else, was written by a newer version, isn't a directory,
 * or may not be read or written. Nothing was changed in it.
 */
public final class LogUnusableException extends LogException {

    private static final long serialVersionUID = 1L;

    public LogUnusableException(String message) {
        super(message);
    }

    public LogUnusableException(String message, Throwable cause) {
        super(message, cause);
    }
}
