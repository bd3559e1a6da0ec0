package dev.avow.engine;

/**
 * A later incarnation has opened this log, and this one may decide nothing any more. (Fenced) The record isn't known to
 * be in the log: if the later incarnation found it there, it counts; if not, it never will. Ask the later incarnation
 * for the outcome.
 *
 * <p>Also the reason why a coordinator stops whose log has turned out to be older than what participants hold in doubt: it
 * was restored from an old copy, and another opening has gone further.
 */
public final class LogRefusedException extends LogException {

    private static final long serialVersionUID = 1L;

    public LogRefusedException(String message) {
        super(message);
    }
}
