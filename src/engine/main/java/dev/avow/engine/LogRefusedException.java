package dev.avow.engine;

/**
 * A later incarnation has opened this log, and this one may decide nothing any more. (Fenced) The record isn't known to
 * be in the log: if the later incarnation found it there, it counts; if not, it never will. Ask the later incarnation
 * for the outcome.
 */
public final class LogRefusedException extends LogException {

    private static final long serialVersionUID = 1L;

    public LogRefusedException(String message) {
        super(message);
    }
}
