package dev.avow.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Status;
import java.util.Optional;

/** Which kind of refusal gRPC itself means by a status: it refuses what is too large or can't be read before anybody sees it. */
final class Unreadable {
    private static final int DEEPEST_CAUSE = 10;
    /** Of both ends; a service's own RESOURCE_EXHAUSTED says something else. */
    private static final String TOO_LARGE = "exceeds maximum size";

    private Unreadable() {}

    /** @param status with which this end has closed a stream: the other's says the same of what that one has refused */
    static Optional<Refusals.Kind> kind(Status status) {
        if (status.getCode() == Status.Code.RESOURCE_EXHAUSTED
                && String.valueOf(status.getDescription()).contains(TOO_LARGE)) {
            return Optional.of(Refusals.Kind.OVERSIZED);
        }
        Optional<Throwable> cause = Optional.ofNullable(status.getCause());
        for (int depth = 0; cause.isPresent() && depth < DEEPEST_CAUSE; depth++) {
            if (cause.get() instanceof InvalidProtocolBufferException) {
                return Optional.of(Refusals.Kind.MALFORMED);
            }
            cause = Optional.ofNullable(cause.get().getCause());
        }
        return Optional.empty();
    }
}
