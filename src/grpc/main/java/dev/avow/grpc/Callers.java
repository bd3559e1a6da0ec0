package dev.avow.grpc;

import io.grpc.Attributes;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusException;
import java.net.InetSocketAddress;
import java.util.Optional;

/** Finds out who calls, before anything is done for them, and refuses those who may not. */
final class Callers implements ServerInterceptor {
    private static final Context.Key<Caller> CALLER = Context.key("avow-caller");

    private final Protection protection;

    /** @param by who has found out */
    private record Caller(Protection by, String identity) {}

    Callers(Protection protection) {
        this.protection = protection;
    }

    /** The identity of whoever has made the call in whose context this is. */
    static String current() {
        return Optional.ofNullable(CALLER.get())
                .map(Caller::identity)
                .orElseThrow(() -> new IllegalStateException("nobody has asked who calls"));
    }

    /** Where a connection comes from, without the port, which is another each time. */
    static String host(Attributes connection) {
        return Optional.ofNullable(connection.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR))
                .map(from -> from instanceof InetSocketAddress internet ? internet.getHostString() : from.toString())
                .orElse("(nowhere)");
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        if (Optional.ofNullable(CALLER.get()).map(Caller::by).equals(Optional.of(protection))) {
            return next.startCall(call, headers);
        }
        String caller;
        try {
            caller = protection.caller(call.getAttributes());
        } catch (StatusException refused) {
            call.close(refused.getStatus(), new Metadata());
            return new ServerCall.Listener<>() {};
        }
        return Contexts.interceptCall(
                Context.current().withValue(CALLER, new Caller(protection, caller)), call, headers, next);
    }
}
