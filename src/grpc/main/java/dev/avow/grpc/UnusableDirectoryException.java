package dev.avow.grpc;

/**
 * The directory can't be used for the durable state of this participant: it is in use, damaged, another participant's, of a
 * newer version, or can't be read and written. Nothing was changed in it.
 */
public final class UnusableDirectoryException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnusableDirectoryException(String message) {
        super(message);
    }

    UnusableDirectoryException(String message, Throwable cause) {
        super(message, cause);
    }
}
