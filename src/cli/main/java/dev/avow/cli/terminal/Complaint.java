package dev.avow.cli.terminal;

/** Something that a person has to know and can act on, in one line. It ends the command with its exit code. */
public final class Complaint extends RuntimeException {
    /** Something went wrong at run time, or a promise didn't hold. */
    public static final int FAILED = 1;
    /** The command was asked for something that it can't do. */
    public static final int WRONG_INPUT = 2;

    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private Complaint(int exitCode, String message, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    private Complaint(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    public static Complaint wrongInput(String message) {
        return new Complaint(WRONG_INPUT, message);
    }

    public static Complaint wrongInput(String message, Throwable cause) {
        return new Complaint(WRONG_INPUT, message, cause);
    }

    public static Complaint failed(String message) {
        return new Complaint(FAILED, message);
    }

    public static Complaint failed(String message, Throwable cause) {
        return new Complaint(FAILED, message, cause);
    }

    public int exitCode() {
        return exitCode;
    }
}
