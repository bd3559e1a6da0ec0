package dev.avow.grpc;

import dev.avow.grpc.contract.Answer;
import dev.avow.grpc.contract.Answers;
import dev.avow.grpc.contract.ListInDoubtReply;
import dev.avow.grpc.contract.ListInDoubtRequest;
import dev.avow.grpc.contract.Order;
import dev.avow.grpc.contract.Orders;
import dev.avow.grpc.contract.ParticipantServiceGrpc;
import dev.avow.protocol.Vote;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A participant on a real connection that hears every order, and says nothing until it is told to. */
final class SilentService extends ParticipantServiceGrpc.ParticipantServiceImplBase implements AutoCloseable {
    /** By the stream on which they came. Guarded by this, like below. */
    private final Map<StreamObserver<Answers>, List<Order>> held = new LinkedHashMap<>();

    private boolean speaks;
    private final Server server;

    SilentService() throws IOException {
        server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .addService(this)
                .build()
                .start();
    }

    ManagedChannel channel() {
        return Texts.channel("localhost:" + server.getPort());
    }

    synchronized int held() {
        return held.values().stream().mapToInt(List::size).sum();
    }

    /** Answers all that it has heard, in one message on each stream, and from now on each at once. */
    synchronized void speak() {
        speaks = true;
        held.forEach(SilentService::answer);
        held.clear();
    }

    @Override
    public StreamObserver<Orders> converse(StreamObserver<Answers> responses) {
        return new StreamObserver<>() {
            @Override
            public void onNext(Orders orders) {
                heard(responses, orders.getOrdersList());
            }

            @Override
            public void onError(Throwable failure) {
                // The test is over.
            }

            @Override
            public void onCompleted() {
                responses.onCompleted();
            }
        };
    }

    private synchronized void heard(StreamObserver<Answers> stream, List<Order> orders) {
        if (speaks) {
            answer(stream, orders);
        } else {
            held.computeIfAbsent(stream, unused -> new ArrayList<>()).addAll(orders);
        }
    }

    private static void answer(StreamObserver<Answers> stream, List<Order> orders) {
        Answers.Builder answers = Answers.newBuilder();
        for (Order order : orders) {
            Answer.Builder answer = order.hasPrepare() ? Wire.answer(Vote.YES) : Wire.ack();
            answers.addAnswers(answer.setNumber(order.getNumber()));
        }
        stream.onNext(answers.build());
    }

    @Override
    public void listInDoubt(ListInDoubtRequest request, StreamObserver<ListInDoubtReply> reply) {
        reply.onNext(ListInDoubtReply.getDefaultInstance());
        reply.onCompleted();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
