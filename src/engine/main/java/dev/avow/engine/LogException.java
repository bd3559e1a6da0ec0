package dev.avow.engine;

/**
 * The log couldn't do what it was asked. Each subclass tells a caller something different about its record:
 *
 * <table>
 *   <caption>What is known of the record</caption>
 *   <tr><td>{@link LogFullException}</td><td>not in the log; abort, and try the next one</td></tr>
 *   <tr><td>{@link LogRefusedException}</td><td>a later incarnation decides what it is worth</td></tr>
 *   <tr><td>{@link LogFailedException}</td><td>unknown until the log is opened again</td></tr>
 *   <tr><td>{@link LogClosedException}</td><td>not in the log</td></tr>
 * </table>
 *
 * The others are thrown when a log is opened or inspected, before there is any record.
 */
public abstract sealed class LogException extends RuntimeException
        permits LogClosedException,
                LogDamagedException,
                LogFailedException,
                LogFullException,
                LogInUseException,
                LogRefusedException,
                LogUnusableException {

    private static final long serialVersionUID = 1L;

    LogException(String message) {
        super(message);
    }

    LogException(String message, Throwable cause) {
        super(message, cause);
    }
}
