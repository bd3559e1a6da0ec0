package dev.avow.benchmarks.services;

import dev.avow.grpc.contract.Answer;
import dev.avow.grpc.contract.Order;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One stream to each service, and a message for each order. */
@State(Scope.Benchmark)
public class Streams extends RoundTrips {
    @Setup
    public void open(Services services) throws Exception {
        connect(services, Stream::new);
    }

    private static final class Stream implements Told, StreamObserver<Answer> {
        private final Map<Long, CompletableFuture<Answer>> asked = new ConcurrentHashMap<>();
        /** Guarded by this, like below. */
        private final StreamObserver<Order> orders;

        private long number;

        Stream(Channel channel) {
            orders = ClientCalls.asyncBidiStreamingCall(channel.newCall(Bare.CONVERSE, CallOptions.DEFAULT), this);
        }

        @Override
        public synchronized Future<Answer> tell(Order.Builder order) {
            CompletableFuture<Answer> answer = new CompletableFuture<>();
            asked.put(++number, answer);
            orders.onNext(order.setNumber(number).build());
            return answer;
        }

        @Override
        public void onNext(Answer answer) {
            Optional.ofNullable(asked.remove(answer.getNumber())).ifPresent(waiting -> waiting.complete(answer));
        }

        @Override
        public void onError(Throwable failure) {
            asked.values().forEach(waiting -> waiting.completeExceptionally(failure));
        }

        @Override
        public void onCompleted() {
            onError(new IllegalStateException("the service has ended the stream"));
        }
    }
}
