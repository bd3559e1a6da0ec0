package dev.avow.grpc;

import io.grpc.Status;

/** A participant can't be enlisted, for this reason. */
final class RefusedEnlistment extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Status status;

    RefusedEnlistment(Status status) {
        super(status.getDescription());
        this.status = status;
    }

    Status status() {
        return status;
    }
}
