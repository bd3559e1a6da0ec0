package dev.avow.grpc;

import dev.avow.engine.Avow;
import dev.avow.engine.Outcome;
import dev.avow.engine.Transaction;
import dev.avow.engine.TransactionId;
import dev.avow.grpc.contract.CoordinatorServiceGrpc;
import dev.avow.grpc.contract.EnlistReply;
import dev.avow.grpc.contract.EnlistRequest;
import io.grpc.BindableService;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.Context;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
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
    private static final Context.Key<Transaction> TRANSACTION = Context.key("avow-transaction");

    private final Avow avow;
    private final String address;
    private final Map<String, RemoteParticipant> participants = new HashMap<>();
    private final Map<TransactionId, Abroad> abroad = new ConcurrentHashMap<>();

    private CoordinatorService(Avow avow, String address) {
        this.avow = avow;
        this.address = address;
    }

    /**
     * For this coordinator.
     *
     * @param address where participants reach {@link #service()}, as they resolve it
     * @param participants those in other processes, with which the coordinator was opened
     * @throws IllegalArgumentException if two of them have one name
     */
    public static CoordinatorService of(Avow avow, String address, RemoteParticipant... participants) {
        CoordinatorService service = new CoordinatorService(avow, address);
        for (RemoteParticipant participant : participants) {
            if (service.participants.put(participant.name(), participant) != null) {
                throw new IllegalArgumentException(
                        "two participants are called \"" + participant.name() + "\": give each its own name");
            }
        }
        return service;
    }

    /**
     * {@link Avow#transact}, with the transaction in the context of the calls that the work makes in this thread through
     * {@link #interceptor()}. Calls that go on when the work has returned enlist nobody any more.
     */
    public <E extends Exception> Outcome transact(String name, Avow.Work<E> work) throws E {
        return avow.transact(name, transaction -> {
            abroad.put(transaction.id(), new Abroad(transaction));
            Context context = Context.current().withValue(TRANSACTION, transaction);
            Context before = context.attach();
            try {
                work.in(transaction);
            } finally {
                context.detach(before);
                abroad.remove(transaction.id());
            }
        });
    }

    /** Tells the services that are called which transaction they work for; calls outside of one pass as they are. */
    public ClientInterceptor interceptor() {
        return new ClientInterceptor() {
            @Override
            public <Q, A> ClientCall<Q, A> interceptCall(
                    MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
                Optional<Transaction> transaction = Optional.ofNullable(TRANSACTION.get());
                return transaction
                        .map(at -> travelling(at, next.newCall(method, options)))
                        .orElseGet(() -> next.newCall(method, options));
            }
        };
    }

    private <Q, A> ClientCall<Q, A> travelling(Transaction transaction, ClientCall<Q, A> call) {
        return new SimpleForwardingClientCall<>(call) {
            @Override
            public void start(Listener<A> listener, Metadata headers) {
                new Travelling(transaction.id(), transaction.name(), address).putInto(headers);
                super.start(listener, headers);
            }
        };
    }

    /** What participants ask of the coordinator; to be served at its address. */
    public BindableService service() {
        return new CoordinatorServiceGrpc.CoordinatorServiceImplBase() {
            @Override
            public void enlist(EnlistRequest request, StreamObserver<EnlistReply> reply) {
                try {
                    CoordinatorService.this.enlist(request);
                    reply.onNext(EnlistReply.getDefaultInstance());
                    reply.onCompleted();
                } catch (IllegalArgumentException wrong) {
                    reply.onError(refused(Status.INVALID_ARGUMENT, wrong));
                } catch (IllegalStateException late) {
                    reply.onError(refused(Status.FAILED_PRECONDITION, late));
                } catch (RefusedEnlistment refused) {
                    reply.onError(refused.status().asRuntimeException());
                }
            }
        };
    }

    private static RuntimeException refused(Status status, RuntimeException why) {
        return status.withDescription(why.getMessage()).asRuntimeException();
    }

    private void enlist(EnlistRequest request) throws RefusedEnlistment {
        TransactionId id = Wire.fromWire(request.getTransaction());
        Optional<RemoteParticipant> participant = Optional.ofNullable(participants.get(request.getParticipant()));
        if (participant.isEmpty()) {
            throw new IllegalArgumentException("no participant called \"" + request.getParticipant()
                    + "\" was registered with the coordinator; there is " + participants.keySet());
        }
        Abroad found = Optional.ofNullable(abroad.get(id))
                .orElseThrow(() -> new RefusedEnlistment(Status.NOT_FOUND.withDescription(
                        id + " isn't at work at " + address + ": it has ended, or its coordinator has restarted")));
        found.enlist(participant.get(), request.getBranch());
    }

    /** A transaction at work, and the branches that participants have opened for it. */
    private static final class Abroad {
        private final Transaction transaction;
        /** By the participant's name. Guarded by this. */
        private final Map<String, Long> branches = new HashMap<>();

        Abroad(Transaction transaction) {
            this.transaction = transaction;
        }

        synchronized void enlist(RemoteParticipant participant, long branch) throws RefusedEnlistment {
            Long known = branches.putIfAbsent(participant.name(), branch);
            if (known != null && known != branch) {
                // The work that was done in the other one is lost: this one's alone must not be committed. (Agreement)
                throw new RefusedEnlistment(Status.ALREADY_EXISTS.withDescription("\"" + participant.name()
                        + "\" has worked for " + transaction.name() + " (" + transaction.id()
                        + ") before, and has lost that work: the transaction can only be aborted"));
            }
            transaction.enlist(participant);
        }
    }

    /** Refused with this status. */
    private static final class RefusedEnlistment extends Exception {
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
}
