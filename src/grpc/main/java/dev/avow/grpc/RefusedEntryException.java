package dev.avow.grpc;

import java.io.IOException;

/** The book doesn't take what somebody has said of himself. */
final class RefusedEntryException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Refusals.Kind kind;

    RefusedEntryException(Refusals.Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    Refusals.Kind kind() {
        return kind;
    }
}
