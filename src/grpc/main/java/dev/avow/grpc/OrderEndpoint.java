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
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Carries a coordinator's orders out at a participant of this process, side by side, and answers each. */
final class OrderEndpoint extends ParticipantServiceGrpc.ParticipantServiceImplBase {
    private final Participant participant;
    private final OpenBranches branches;
    private final Executor threads;

    OrderEndpoint(Participant participant, OpenBranches branches, Executor threads) {
        this.participant = participant;
        this.branches = branches;
        this.threads = threads;
    }

    @Override
    public StreamObserver<Orders> converse(StreamObserver<Answers> responses) {
        ServerCallStreamObserver<Answers> stream = (ServerCallStreamObserver<Answers>) responses;
        Batches<Answer, Answers> answers = new Batches<>(
                stream, batch -> Answers.newBuilder().addAllAnswers(batch).build());
        stream.setOnReadyHandler(answers::send);
        // Without one, answering a coordinator that has gone would throw.
        stream.setOnCancelHandler(() -> {});
        return new StreamObserver<>() {
            @Override
            public void onNext(Orders orders) {
                for (Order order : orders.getOrdersList()) {
                    carryOut(order, answers::add);
                }
            }

            @Override
            public void onError(Throwable failure) {
                // The coordinator is gone or has broken off: it asks again on another stream.
            }

            @Override
            public void onCompleted() {
                stream.onCompleted();
            }
        };
    }

    /** Hears an answer. */
    @FunctionalInterface
    private interface Ear {
        void hear(Answer answer);
    }

    private void carryOut(Order order, Ear ear) {
        try {
            threads.execute(() -> ear.hear(answered(order)));
        } catch (RejectedExecutionException closed) {
            ear.hear(Wire.answer(closed).setNumber(order.getNumber()).build());
        }
    }

    @Override
    public void tell(Order order, StreamObserver<Answer> reply) {
        carryOut(order, answer -> {
            reply.onNext(answer);
            reply.onCompleted();
        });
    }

    @Override
    public void listInDoubt(ListInDoubtRequest request, StreamObserver<ListInDoubtReply> reply) {
        try {
            ListInDoubtReply.Builder list = ListInDoubtReply.newBuilder();
            participant.inDoubt().forEach(id -> list.addTransactions(Wire.toWire(id)));
            reply.onNext(list.build());
            reply.onCompleted();
        } catch (Exception failure) {
            reply.onError(Status.UNAVAILABLE
                    .withDescription("\"" + participant.name() + "\" can't list what it is in doubt about: " + failure)
                    .withCause(failure)
                    .asRuntimeException());
        }
    }

    private Answer answered(Order order) {
        return answerTo(order).setNumber(order.getNumber()).build();
    }

    private Answer.Builder answerTo(Order order) {
        try {
            TransactionId id = Wire.fromWire(order.getTransaction());
            branches.ordered(id);
            return switch (order.getMessageCase()) {
                case PREPARE -> Wire.answer(participant.prepare(id));
                case ONE_PHASE -> Wire.answer(participant.commitOnePhase(id));
                case COMMIT -> {
                    participant.commit(id);
                    yield Wire.ack();
                }
                case ABORT -> {
                    participant.abort(id);
                    yield Wire.ack();
                }
                case FORGET -> {
                    participant.forget(id);
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
        } catch (Exception failure) {
            return Wire.answer(failure);
        } catch (Error defect) {
            // Whoever waits must hear.
            return Wire.answer(defect);
        }
    }
}
