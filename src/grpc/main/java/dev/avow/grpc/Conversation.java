package dev.avow.grpc;

import dev.avow.grpc.contract.Answer;
import dev.avow.grpc.contract.Answers;
import dev.avow.grpc.contract.Order;
import dev.avow.grpc.contract.Orders;
import dev.avow.grpc.contract.ParticipantServiceGrpc;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One stream to one participant: orders go out in batches, answers come back in any order. With its end every order that
 * isn't answered fails, and so does each that comes later. Safe for any number of threads.
 */
final class Conversation implements Courier, ClientResponseObserver<Orders, Answers> {
    private final AtomicLong numbers = new AtomicLong();
    private final Map<Long, CompletableFuture<Answer>> asked = new ConcurrentHashMap<>();
    private final CompletableFuture<Batches<Order, Orders>> orders = new CompletableFuture<>();
    private final CompletableFuture<ClientCallStreamObserver<Orders>> stream = new CompletableFuture<>();
    /** Present once it has ended. Set before those that wait are told. */
    private volatile Optional<Throwable> end = Optional.empty();

    private Conversation() {}

    static Conversation over(Channel channel) {
        Conversation conversation = new Conversation();
        // It serves all transactions: it must not end with the call, if any, in whose thread it is begun.
        Context.ROOT.run(() -> {
            var unused = ParticipantServiceGrpc.newStub(channel)
                    .withOnReadyThreshold(Batches.ONE_MESSAGE)
                    // What it brings is handed on at once: that needs no thread of its own, whose wake-up each answer
                    // waits for.
                    .withExecutor(Runnable::run)
                    .converse(conversation);
        });
        return conversation;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<Orders> requests) {
        Batches<Order, Orders> batches = new Batches<>(
                requests,
                batch -> Orders.newBuilder().addAllOrders(batch).build(),
                failure -> requests.cancel("orders couldn't be sent", failure));
        requests.setOnReadyHandler(batches::send);
        stream.complete(requests);
        orders.complete(batches);
    }

    @Override
    public boolean hasEnded() {
        return end.isPresent();
    }

    @Override
    public Asked ask(Order.Builder order) {
        long number = numbers.incrementAndGet();
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        asked.put(number, answer);
        orders.join().add(order.setNumber(number).build());
        // After it was put there: an end that came before has missed it, and one that comes now finds it.
        end.ifPresent(answer::completeExceptionally);
        return new Asked(answer, () -> asked.remove(number));
    }

    @Override
    public void onNext(Answers answers) {
        for (Answer each : answers.getAnswersList()) {
            // One that nobody awaits any more, or that was never asked for, is passed over.
            Optional.ofNullable(asked.remove(each.getNumber())).ifPresent(waiting -> waiting.complete(each));
        }
    }

    @Override
    public void onError(Throwable failure) {
        end(failure);
    }

    @Override
    public void onCompleted() {
        end(Status.UNAVAILABLE
                .withDescription("the participant has ended the conversation")
                .asRuntimeException());
    }

    private void end(Throwable why) {
        end = Optional.of(why);
        asked.values().forEach(waiting -> waiting.completeExceptionally(why));
        asked.clear();
    }

    @Override
    public void close() {
        stream.join().cancel("the coordinator is closed", null);
    }
}
