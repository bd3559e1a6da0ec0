package dev.avow.grpc;

import dev.avow.engine.Transaction;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusException;
import java.util.Optional;

/** Lets a call work for the transaction that travels with it, if its caller may. */
final class Arrivals implements ServerInterceptor {
    static final Context.Key<Transaction> TRANSACTION = Context.key("avow-remote-transaction");

    private final ServerInterceptor callers;
    private final Gate gate;
    private final OpenBranches branches;
    private final Refusals refusals;

    Arrivals(ServerInterceptor callers, Gate gate, OpenBranches branches, Refusals refusals) {
        this.callers = callers;
        this.gate = gate;
        this.branches = branches;
        this.refusals = refusals;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        return callers.interceptCall(call, headers, (known, same) -> arrive(known, same, next));
    }

    private <Q, A> ServerCall.Listener<Q> arrive(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        Optional<Travelling> travelling;
        try {
            travelling = Travelling.readFrom(headers, Callers.current());
            if (travelling.isPresent()) {
                gate.admit(travelling.get());
                branches.requireRoom(travelling.get());
            }
        } catch (IllegalArgumentException malformed) {
            String what = String.valueOf(malformed.getMessage());
            refusals.count(Refusals.Kind.MALFORMED, "\"" + Callers.current() + "\"", what);
            return refused(call, Status.INVALID_ARGUMENT.withDescription(what));
        } catch (StatusException refused) {
            return refused(call, refused.getStatus());
        }
        if (travelling.isEmpty()) {
            return next.startCall(call, headers);
        }
        Context context = Context.current().withValue(TRANSACTION, new RemoteTransaction(travelling.get(), branches));
        return Contexts.interceptCall(context, call, headers, next);
    }

    private static <Q, A> ServerCall.Listener<Q> refused(ServerCall<Q, A> call, Status why) {
        call.close(why, new Metadata());
        return new ServerCall.Listener<>() {};
    }
}
