package dev.avow.benchmarks.text;

/** Something that whoever ran the command has to know and can act on, in one line. */
public final class Complaint extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Complaint(String message) {
        super(message);
    }

    public Complaint(String message, Throwable cause) {
        super(message, cause);
    }
}
