package dev.avow.engine.run;

/** A call of a participant never left this process, say for want of a thread: nothing can have come of it. */
final class NotStartedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotStartedException(String participant, Throwable why) {
        super("no call of \"" + participant + "\" could be started: " + why, why);
    }
}
