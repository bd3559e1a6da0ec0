package dev.avow.grpc;

import io.grpc.Attributes;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;

/** Sees what a server refuses before it reaches a service. */
final class Watch extends ServerStreamTracer {
    private final String method;
    private final Protection protection;
    private final Refusals refusals;
    private volatile Attributes connection = Attributes.EMPTY;

    private Watch(String method, Protection protection, Refusals refusals) {
        this.method = method;
        this.protection = protection;
        this.refusals = refusals;
    }

    static Factory over(Protection protection, Refusals refusals) {
        return new Factory() {
            @Override
            public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
                return new Watch(method, protection, refusals);
            }
        };
    }

    @Override
    public void serverCallStarted(ServerCallInfo<?, ?> call) {
        connection = call.getAttributes();
    }

    @Override
    public void streamClosed(Status status) {
        Unreadable.kind(status)
                .ifPresent(kind -> refusals.count(kind, protection.named(connection), "a call of " + method));
    }
}
