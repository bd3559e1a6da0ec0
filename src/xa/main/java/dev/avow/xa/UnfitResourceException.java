package dev.avow.xa;

/** A resource manager can't keep what a branch promises, as it is set up now. The message says what to change. */
public final class UnfitResourceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnfitResourceException(String message) {
        super(message);
    }
}
