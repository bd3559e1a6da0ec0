package dev.avow.grpc;

import dev.avow.engine.Avow;
import dev.avow.engine.Outcome;
import dev.avow.engine.Transaction;
import dev.avow.engine.TransactionId;
import dev.avow.grpc.contract.CoordinatorServiceGrpc;
import dev.avow.grpc.contract.EnlistReply;
import dev.avow.grpc.contract.EnlistRequest;
import dev.avow.grpc.contract.Inquiry;
import dev.avow.grpc.contract.InquiryReply;
import io.grpc.BindableService;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.Context;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lets the transactions of a coordinator travel with gRPC calls, and enlists the participants that they reach. Safe for any
 * number of threads.
 */
public final class CoordinatorService {
    /** Of this coordinator alone: there may be several in a process. */
    private final Context.Key<Abroad> atWork = Context.key("avow-transaction");

    private final Avow avow;
    private final Identity identity;
    private final String address;
    private final Map<String, RemoteParticipant> participants = new HashMap<>();
    private final Map<TransactionId, Abroad> abroad = new ConcurrentHashMap<>();

    private CoordinatorService(Avow avow, Identity identity, String address) {
        this.avow = avow;
        this.identity = identity;
        this.address = address;
    }

    /**
     * For this coordinator.
     *
     * @param identity who this process is to the participants; theirs are checked by it
     * @param address where participants reach {@link #service()}, as they resolve it
     * @param participants those in other processes, with which the coordinator was opened
     * @throws IllegalArgumentException if two of them have one name, or the address isn't one
     */
    public static CoordinatorService of(
            Avow avow, Identity identity, String address, RemoteParticipant... participants) {
        CoordinatorService service = new CoordinatorService(avow, identity, Addresses.required(address));
        for (RemoteParticipant participant : participants) {
            if (service.participants.put(participant.name(), participant) != null) {
                throw new IllegalArgumentException(
                        "two participants are called \"" + participant.name() + "\": give each its own name");
            }
            participant.watchedBy(identity.watching());
        }
        return service;
    }

    /**
     * {@link Avow#transact}, with the transaction in the context of the calls that the work makes in this thread through
     * {@link #interceptor()}. Each has to be over when the work returns. Configure no retries for them: a repeated call would
     * do its work twice in one transaction.
     *
     * @throws IllegalStateException if one isn't over, or ended so that nobody can say what it has done: the transaction is
     *     aborted then
     */
    public <E extends Exception> Outcome transact(String name, Avow.Work<E> work) throws E {
        return avow.transact(name, transaction -> {
            Abroad here = new Abroad(transaction);
            abroad.put(transaction.id(), here);
            try {
                within(here, work);
                here.end();
            } finally {
                here.fail();
                abroad.remove(transaction.id());
            }
        });
    }

    private <E extends Exception> void within(Abroad here, Avow.Work<E> work) throws E {
        Context context = Context.current().withValue(atWork, here);
        Context before = context.attach();
        Runnable left = identity.watching().working(here.transaction().id());
        try {
            work.in(here.transaction());
        } finally {
            left.run();
            context.detach(before);
        }
    }

    /** Tells the services that are called which transaction they work for; calls outside of one pass as they are. */
    public ClientInterceptor interceptor() {
        return new ClientInterceptor() {
            @Override
            public <Q, A> ClientCall<Q, A> interceptCall(
                    MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
                Optional<Abroad> here = Optional.ofNullable(atWork.get());
                ClientCall<Q, A> call = next.newCall(method, options);
                return here.isPresent() ? travelling(here.get(), method.getFullMethodName(), call) : call;
            }
        };
    }

    private <Q, A> ClientCall<Q, A> travelling(Abroad here, String method, ClientCall<Q, A> call) {
        return new SimpleForwardingClientCall<>(call) {
            @Override
            public void start(Listener<A> listener, Metadata headers) {
                Transaction transaction = here.transaction();
                new Travelling(transaction.id(), transaction.name(), address, identity.name()).putInto(headers);
                here.callBegins(method);
                super.start(
                        new SimpleForwardingClientCallListener<>(listener) {
                            @Override
                            public void onClose(Status status, Metadata trailers) {
                                // First: whoever waits for the call may return from the work at once.
                                here.callEnds(method, status);
                                super.onClose(status, trailers);
                            }
                        },
                        headers);
            }
        };
    }

    /** What participants ask of the coordinator; to be served at its address. */
    public BindableService service() {
        return identity.guarded(new CoordinatorServiceGrpc.CoordinatorServiceImplBase() {
            @Override
            public void enlist(EnlistRequest request, StreamObserver<EnlistReply> reply) {
                try {
                    reply.onNext(CoordinatorService.this.enlist(request));
                    reply.onCompleted();
                } catch (IllegalArgumentException wrong) {
                    count(Refusals.Kind.MALFORMED, String.valueOf(wrong.getMessage()));
                    reply.onError(refused(Status.INVALID_ARGUMENT, wrong));
                } catch (IllegalStateException late) {
                    reply.onError(refused(Status.FAILED_PRECONDITION, late));
                } catch (RefusedEnlistment refused) {
                    reply.onError(refused.status().asRuntimeException());
                }
            }

            @Override
            public void inquire(Inquiry request, StreamObserver<InquiryReply> reply) {
                try {
                    CoordinatorService.this.inquire(request);
                    reply.onNext(InquiryReply.getDefaultInstance());
                    reply.onCompleted();
                } catch (IllegalArgumentException wrong) {
                    count(Refusals.Kind.MALFORMED, String.valueOf(wrong.getMessage()));
                    reply.onError(refused(Status.INVALID_ARGUMENT, wrong));
                } catch (IllegalStateException closed) {
                    reply.onError(refused(Status.UNAVAILABLE, closed));
                } catch (RefusedEnlistment refused) {
                    reply.onError(refused.status().asRuntimeException());
                }
            }
        });
    }

    private void inquire(Inquiry request) throws RefusedEnlistment {
        RemoteParticipant participant = registered(request.getParticipant());
        requireItself(participant);
        Wire.requireFew(request.getTransactionsCount());
        for (dev.avow.grpc.contract.TransactionId id : request.getTransactionsList()) {
            avow.inquired(Wire.fromWire(id), participant.name());
        }
    }

    private static RuntimeException refused(Status status, RuntimeException why) {
        return status.withDescription(why.getMessage()).asRuntimeException();
    }

    private EnlistReply enlist(EnlistRequest request) throws RefusedEnlistment {
        TransactionId id = Wire.fromWire(request.getTransaction());
        RemoteParticipant participant = registered(request.getParticipant());
        requireItself(participant);
        Abroad found = Optional.ofNullable(abroad.get(id)).orElseThrow(() -> notAtWork(id));
        found.enlist(participant, request.getBranch());
        return othersThan(participant);
    }

    boolean isServing() {
        return avow.takesTransactions();
    }

    private RemoteParticipant registered(String name) {
        return Optional.ofNullable(participants.get(name))
                .orElseThrow(() -> new IllegalArgumentException("no participant called \"" + name
                        + "\" was registered with the coordinator; there is " + participants.keySet()));
    }

    private RefusedEnlistment notAtWork(TransactionId id) {
        String what = id + " isn't at work at " + address + ": it has ended, or its coordinator has restarted";
        count(Refusals.Kind.UNKNOWN_TRANSACTION, what);
        return new RefusedEnlistment(Status.NOT_FOUND.withDescription(what));
    }

    private void count(Refusals.Kind kind, String what) {
        identity.refusals().count(kind, "\"" + Callers.current() + "\"", what);
    }

    private void requireItself(RemoteParticipant participant) throws RefusedEnlistment {
        String caller = Callers.current();
        if (!identity.expected(participant.certificate()).equals(caller)) {
            String what = "only \"" + participant.certificate() + "\" may enlist participant \"" + participant.name()
                    + "\", not \"" + caller + "\"";
            count(Refusals.Kind.WRONG_IDENTITY, what);
            throw new RefusedEnlistment(Status.PERMISSION_DENIED.withDescription(what));
        }
    }

    /** Those with whom this one can settle what it is in doubt about, should this process be gone. */
    private EnlistReply othersThan(RemoteParticipant participant) {
        EnlistReply.Builder reply = EnlistReply.newBuilder();
        for (RemoteParticipant other : participants.values()) {
            if (!other.name().equals(participant.name())) {
                other.asPeer().ifPresent(reply::addPeers);
            }
        }
        return reply.build();
    }
}
