package dev.avow.grpc;

import dev.avow.engine.Participant;
import dev.avow.engine.Transaction;
import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;

/**
 * Lets a participant of this process, such as its database, take part in the transactions of other processes. Their calls
 * come through {@link #interceptor()}; what their coordinators order comes to {@link #service()}. Safe for any number of
 * threads.
 */
public final class ParticipantService implements AutoCloseable {
    private static final Context.Key<Transaction> TRANSACTION = Context.key("avow-remote-transaction");
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Participant participant;
    private final Coordinators coordinators;
    private final OpenBranches branches;
    private final ExecutorService threads = Executors.newCachedThreadPool(daemons("avow-order"));
    private final Clearing clearing;

    private ParticipantService(
            Participant participant, Duration workTimeout, Function<String, ManagedChannel> coordinators) {
        this.participant = participant;
        this.coordinators = new Coordinators(coordinators, PATIENCE);
        this.clearing = new Clearing(participant, threads, daemons("avow-expiry"));
        this.branches = new OpenBranches(participant, this.coordinators, workTimeout, clearing);
    }

    /** {@link #of(Participant, Duration, Function)} with a work timeout of a minute. */
    public static ParticipantService of(Participant participant, Function<String, ManagedChannel> coordinators) {
        return of(participant, Duration.ofMinutes(1), coordinators);
    }

    /**
     * For this participant. A participant has one service: orders that come to a second one would find its branches unknown.
     *
     * @param participant named as its coordinators know it; stays the caller's to close
     * @param workTimeout how long a branch may wait for its coordinator's first order before it is aborted
     * @param coordinators opens the channel to a coordinator's address; closed with this. Callers name the address: refuse
     *     one that isn't known by an exception, and the call fails before any work
     * @throws IllegalArgumentException if the timeout isn't positive
     */
    public static ParticipantService of(
            Participant participant, Duration workTimeout, Function<String, ManagedChannel> coordinators) {
        if (workTimeout.isNegative() || workTimeout.isZero()) {
            throw new IllegalArgumentException(
                    "the work timeout of \"" + participant.name() + "\" is " + workTimeout + ": give it more than 0");
        }
        return new ParticipantService(participant, workTimeout, coordinators);
    }

    private static ThreadFactory daemons(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        };
    }

    /** What coordinators order; to be served where they reach it. */
    public BindableService service() {
        return new OrderEndpoint(participant, branches, clearing, threads);
    }

    /** For the application's own services: their handlers find the caller's transaction by {@link #transaction()}. */
    public ServerInterceptor interceptor() {
        return new ServerInterceptor() {
            @Override
            public <Q, A> ServerCall.Listener<Q> interceptCall(
                    ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
                Optional<Travelling> travelling;
                try {
                    travelling = Travelling.readFrom(headers);
                } catch (IllegalArgumentException malformed) {
                    call.close(Status.INVALID_ARGUMENT.withDescription(malformed.getMessage()), new Metadata());
                    return new ServerCall.Listener<>() {};
                }
                if (travelling.isEmpty()) {
                    return next.startCall(call, headers);
                }
                Context context =
                        Context.current().withValue(TRANSACTION, new RemoteTransaction(travelling.get(), branches));
                return Contexts.interceptCall(context, call, headers, next);
            }
        };
    }

    /**
     * The transaction for which the call under way in this thread works: the participant's methods take it like one of this
     * process. Its first use enlists the participant with the coordinator.
     *
     * @throws IllegalStateException if it works for none
     */
    public static Transaction transaction() {
        return Optional.ofNullable(TRANSACTION.get())
                .orElseThrow(
                        () -> new IllegalStateException("this call works for no transaction: its caller made it outside"
                                + " of one, or this service has no ParticipantService.interceptor()"));
    }

    /**
     * Takes no more orders, aborts what no coordinator has ordered anything for, and lets go of the coordinators. What is
     * prepared waits for the next start. To be called before the participant is closed.
     */
    @Override
    public void close() {
        clearing.close();
        branches.close();
        threads.shutdown();
        coordinators.close();
    }
}
