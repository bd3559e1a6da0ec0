package dev.avow.grpc;

import dev.avow.grpc.contract.Answer;
import dev.avow.grpc.contract.Order;
import dev.avow.grpc.contract.ParticipantServiceGrpc;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Each order is a call of its own, for participants that serve no stream. Safe for any number of threads. */
final class UnaryCalls implements Courier {
    private final Channel channel;
    private final Duration patience;
    /** Of all calls under way; not of the call, if any, in whose thread an order is told. */
    private final Context.CancellableContext open = Context.ROOT.withCancellation();

    /** @param patience the deadline of each call, which the participant is told, too */
    UnaryCalls(Channel channel, Duration patience) {
        this.channel = channel;
        this.patience = patience;
    }

    @Override
    public boolean hasEnded() {
        return open.isCancelled();
    }

    @Override
    public Asked ask(Order.Builder order) {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        Context.CancellableContext call = open.withCancellation();
        call.run(() -> ParticipantServiceGrpc.newStub(channel)
                .withDeadlineAfter(patience.toNanos(), TimeUnit.NANOSECONDS)
                .tell(order.build(), new OnlyAnswer(answer)));
        return new Asked(answer, () -> call.cancel(null));
    }

    private record OnlyAnswer(CompletableFuture<Answer> answer) implements StreamObserver<Answer> {
        @Override
        public void onNext(Answer only) {
            answer.complete(only);
        }

        @Override
        public void onError(Throwable failure) {
            answer.completeExceptionally(failure);
        }

        @Override
        public void onCompleted() {
            // Too late for any other, if the answer was there.
            answer.completeExceptionally(
                    Status.INTERNAL.withDescription("a call without an answer").asRuntimeException());
        }
    }

    @Override
    public void close() {
        open.cancel(
                Status.CANCELLED.withDescription("the coordinator is closed").asException());
    }
}
