package dev.avow.grpc;

import dev.avow.engine.HeuristicException;
import dev.avow.engine.Participant;
import dev.avow.engine.TransactionId;
import dev.avow.grpc.contract.Answer;
import dev.avow.grpc.contract.Answers;
import dev.avow.grpc.contract.ListInDoubtReply;
import dev.avow.grpc.contract.ListInDoubtRequest;
import dev.avow.grpc.contract.Order;
import dev.avow.grpc.contract.Orders;
import dev.avow.grpc.contract.ParticipantServiceGrpc;
import dev.avow.grpc.contract.PeerInquiry;
import dev.avow.grpc.contract.PeerInquiryReply;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries a coordinator's orders out at a participant of this process, side by side, and answers each. */
final class OrderEndpoint extends ParticipantServiceGrpc.ParticipantServiceImplBase {
    private static final Logger LOG = LoggerFactory.getLogger(OrderEndpoint.class);

    private final Participant participant;
    private final BranchCalls calls;
    private final OrderThreads threads;
    private final Gate gate;
    private final Watching watching;

    OrderEndpoint(Participant participant, BranchCalls calls, OrderThreads threads, Gate gate, Watching watching) {
        this.participant = participant;
        this.calls = calls;
        this.threads = threads;
        this.gate = gate;
        this.watching = watching;
    }

    @Override
    public StreamObserver<Orders> converse(StreamObserver<Answers> responses) {
        String caller = Callers.current();
        ServerCallStreamObserver<Answers> stream = (ServerCallStreamObserver<Answers>) responses;
        Batches<Answer, Answers> answers = new Batches<>(
                stream, batch -> Answers.newBuilder().addAllAnswers(batch).build(), failure -> {
                    LOG.warn(
                            "Answers of \"{}\" couldn't be sent: its coordinator asks again",
                            participant.name(),
                            failure);
                    stream.onError(Status.INTERNAL.withCause(failure).asRuntimeException());
                });
        stream.setOnReadyThreshold(Batches.ONE_MESSAGE);
        stream.setOnReadyHandler(answers::send);
        // Without one, answering a coordinator that has gone would throw.
        stream.setOnCancelHandler(() -> {});
        // One for the coordinator, which may order more.
        AtomicInteger underWay = new AtomicInteger(1);
        Runnable done = () -> {
            if (underWay.decrementAndGet() == 0) {
                answers.end();
            }
        };
        return new StreamObserver<>() {
            @Override
            public void onNext(Orders orders) {
                for (Order order : orders.getOrdersList()) {
                    underWay.incrementAndGet();
                    carryOut(caller, order, answer -> {
                        answers.add(answer);
                        done.run();
                    });
                }
            }

            @Override
            public void onError(Throwable failure) {
                // The coordinator is gone or has broken off: it asks again on another stream.
            }

            @Override
            public void onCompleted() {
                done.run();
            }
        };
    }

    @Override
    public void tell(Order order, StreamObserver<Answer> response) {
        // Without one, answering a coordinator that has gone would throw.
        ((ServerCallStreamObserver<Answer>) response).setOnCancelHandler(() -> {});
        carryOut(Callers.current(), order, answer -> {
            response.onNext(answer);
            response.onCompleted();
        });
    }

    /** Hears an answer. */
    @FunctionalInterface
    private interface Ear {
        void hear(Answer answer);
    }

    private void carryOut(String caller, Order order, Ear ear) {
        try {
            threads.forOrder(order).execute(() -> ear.hear(answered(caller, order)));
        } catch (RejectedExecutionException closed) {
            IllegalStateException why = new IllegalStateException("\"" + participant.name() + "\" is closing", closed);
            ear.hear(Wire.answer(why).setNumber(order.getNumber()).build());
        }
    }

    @Override
    public void listInDoubt(ListInDoubtRequest request, StreamObserver<ListInDoubtReply> reply) {
        try {
            ListInDoubtReply.Builder list = ListInDoubtReply.newBuilder();
            String caller = Callers.current();
            participant.inDoubt().stream()
                    .filter(id -> gate.isOf(caller, id))
                    .forEach(id -> list.addTransactions(Wire.toWire(id)));
            reply.onNext(list.build());
            reply.onCompleted();
        } catch (Exception failure) {
            reply.onError(Status.UNAVAILABLE
                    .withDescription("\"" + participant.name() + "\" can't list what it is in doubt about: " + failure)
                    .withCause(failure)
                    .asRuntimeException());
        }
    }

    private Answer answered(String caller, Order order) {
        return answerTo(caller, order).setNumber(order.getNumber()).build();
    }

    private Answer.Builder answerTo(String caller, Order order) {
        try {
            TransactionId id = gate.required(caller, order.getTransaction());
            return WatchedOrders.carryingOut(watching, participant.name(), id, order, () -> answerTo(id, order));
        } catch (StatusException refused) {
            // Counted and logged there.
            return Wire.answer(refused);
        }
    }

    private Answer.Builder answerTo(TransactionId id, Order order) {
        try {
            return switch (order.getMessageCase()) {
                case PREPARE -> Wire.answer(calls.prepare(id));
                case ONE_PHASE -> Wire.answer(calls.commitOnePhase(id));
                case COMMIT -> {
                    calls.commit(id);
                    yield Wire.ack();
                }
                case ABORT -> {
                    calls.abort(id);
                    yield Wire.ack();
                }
                case FORGET -> {
                    calls.forget(id);
                    yield Wire.ack();
                }
                case MESSAGE_NOT_SET ->
                    Wire.answer(new IllegalArgumentException(
                            "an order without a message: the coordinator speaks a newer version of the contract"));
            };
        } catch (HeuristicException alone) {
            return Wire.answer(alone);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Wire.answer(interrupted);
        } catch (Exception | Error failure) {
            // Whoever waits must hear.
            LOG.warn("\"{}\" failed at {}", participant.name(), order.getMessageCase(), failure);
            return Wire.answer(failure);
        }
    }

    @Override
    public void ask(PeerInquiry request, StreamObserver<PeerInquiryReply> reply) {
        // Without one, answering one that has gone would throw.
        ((ServerCallStreamObserver<PeerInquiryReply>) reply).setOnCancelHandler(() -> {});
        String caller = Callers.current();
        try {
            Wire.requireFew(request.getTransactionsCount());
            List<TransactionId> ids = new ArrayList<>();
            for (dev.avow.grpc.contract.TransactionId each : request.getTransactionsList()) {
                ids.add(gate.concerned(caller, each));
            }
            // Whoever hasn't voted aborts now, which may wait for its database: on a thread that may.
            threads.decisions().execute(() -> tellPeer(ids, reply));
        } catch (IllegalArgumentException tooMany) {
            reply.onError(Status.INVALID_ARGUMENT
                    .withDescription(tooMany.getMessage())
                    .asRuntimeException());
        } catch (StatusException refused) {
            reply.onError(refused);
        } catch (RejectedExecutionException closed) {
            reply.onError(Status.UNAVAILABLE
                    .withDescription("\"" + participant.name() + "\" is closing")
                    .withCause(closed)
                    .asRuntimeException());
        }
    }

    private void tellPeer(List<TransactionId> ids, StreamObserver<PeerInquiryReply> reply) {
        PeerInquiryReply.Builder answers = PeerInquiryReply.newBuilder();
        try {
            for (TransactionId id : ids) {
                calls.askedByPeer(id).ifPresent(ending -> answers.addAnswers(Wire.answer(id, ending)));
            }
            reply.onNext(answers.build());
            reply.onCompleted();
        } catch (Exception failure) {
            reply.onError(Status.UNAVAILABLE
                    .withDescription("\"" + participant.name() + "\" can't answer: " + failure)
                    .withCause(failure)
                    .asRuntimeException());
        }
    }
}
