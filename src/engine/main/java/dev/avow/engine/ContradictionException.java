package dev.avow.engine;

/** A person's decision contradicts one that is durable, and wasn't forced. Nothing was changed. */
public final class ContradictionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ContradictionException(String message) {
        super(message);
    }
}
