package dev.avow.grpc;

import dev.avow.engine.TransactionId;
import dev.avow.grpc.contract.CoordinatorServiceGrpc;
import dev.avow.grpc.contract.EnlistReply;
import dev.avow.grpc.contract.EnlistRequest;
import dev.avow.grpc.contract.Inquiry;
import dev.avow.grpc.contract.InquiryReply;
import dev.avow.grpc.contract.Peer;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A coordinator that does only what the test says, and can be silent at any moment. */
final class HandCoordinator implements AutoCloseable {
    private static final long NUMBER = 77;

    private final Map<String, ManagedChannel> channels = new TreeMap<>();
    private final Map<String, RemoteParticipant> participants = new TreeMap<>();
    private final List<Peer> peers = new ArrayList<>();
    private final Server server;
    private int begun;
    /** One for each question that it has replied to. */
    final Semaphore inquiries = new Semaphore(0);

    /** What each of them was about. */
    private final BlockingQueue<List<TransactionId>> asked = new LinkedBlockingQueue<>();

    HandCoordinator(Map<String, StoreService> services) throws IOException {
        services.forEach((name, service) -> {
            ManagedChannel channel = service.channel();
            channels.put(name, channel);
            participants.put(name, RemoteParticipant.of(name, channel));
            peers.add(Peer.newBuilder()
                    .setName(name)
                    .setAddress(channel.authority())
                    .build());
        });
        server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .addService(new Service())
                .build()
                .start();
    }

    private final class Service extends CoordinatorServiceGrpc.CoordinatorServiceImplBase {
        @Override
        public void enlist(EnlistRequest request, StreamObserver<EnlistReply> reply) {
            EnlistReply.Builder others = EnlistReply.newBuilder();
            peers.stream()
                    .filter(peer -> !peer.getName().equals(request.getParticipant()))
                    .forEach(others::addPeers);
            reply.onNext(others.build());
            reply.onCompleted();
        }

        @Override
        public void inquire(Inquiry request, StreamObserver<InquiryReply> reply) {
            reply.onNext(InquiryReply.getDefaultInstance());
            reply.onCompleted();
            asked.add(request.getTransactionsList().stream().map(Wire::fromWire).toList());
            inquiries.release();
        }
    }

    TransactionId begin() {
        return TransactionId.of(NUMBER, 1, ++begun);
    }

    /** The application's call to a service, for this transaction. */
    void put(TransactionId id, String service, String text) {
        Metadata headers = new Metadata();
        new Travelling(id, id.toString(), "localhost:" + server.getPort(), Identity.PLAIN_TEXT).putInto(headers);
        Channel channel = ClientInterceptors.intercept(
                Objects.requireNonNull(channels.get(service)), MetadataUtils.newAttachHeadersInterceptor(headers));
        Texts.put(channel, text);
    }

    RemoteParticipant tell(String name) {
        return Objects.requireNonNull(participants.get(name));
    }

    /** Returns once it was asked about exactly these. */
    void awaitInquiryAbout(List<TransactionId> ids) throws InterruptedException {
        List<TransactionId> last = List.of();
        while (!last.equals(ids)) {
            last = Optional.ofNullable(asked.poll(20, TimeUnit.SECONDS))
                    .orElseThrow(() -> new AssertionError("was never asked about " + ids));
        }
    }

    /** Nobody hears of it any more. */
    void dies() {
        server.shutdownNow();
    }

    @Override
    public void close() {
        server.shutdownNow();
        participants.values().forEach(RemoteParticipant::close);
        channels.values().forEach(ManagedChannel::shutdownNow);
    }
}
