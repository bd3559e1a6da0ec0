package dev.avow.grpc;

import dev.avow.engine.Avow;
import dev.avow.engine.AvowOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.util.MutableHandlerRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The coordinator's process, with an order service and a payment service in others' places. */
final class Shop implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    final Avow avow;
    final CoordinatorService coordinator;
    final String address;
    final Channel orders;
    final Channel payments;
    private final Server server;
    private final List<ManagedChannel> channels = new ArrayList<>();
    private final List<RemoteParticipant> participants = new ArrayList<>();

    Shop(Path log, Texts.Reached orderService, Texts.Reached paymentService) throws IOException {
        RemoteParticipant ordering = participant("orders", orderService);
        RemoteParticipant paying = participant("payments", paymentService);
        AvowOptions options = AvowOptions.defaults().withRetries(Duration.ofMillis(20), Duration.ofMillis(100));
        avow = Avow.open(log, options, participants);
        // Its address, which the service tells, is known once it listens.
        MutableHandlerRegistry services = new MutableHandlerRegistry();
        server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .fallbackHandlerRegistry(services)
                .build()
                .start();
        address = "localhost:" + server.getPort();
        coordinator = CoordinatorService.of(avow, Identity.plainText(), address, ordering, paying);
        var unused = services.addService(coordinator.service());
        orders = ClientInterceptors.intercept(channels.get(0), coordinator.interceptor());
        payments = ClientInterceptors.intercept(channels.get(1), coordinator.interceptor());
    }

    private RemoteParticipant participant(String name, Texts.Reached service) {
        ManagedChannel channel = service.channel();
        channels.add(channel);
        RemoteParticipant participant = service.participant(name, channel, PATIENCE);
        participants.add(participant);
        return participant;
    }

    @Override
    public void close() {
        avow.close();
        participants.forEach(RemoteParticipant::close);
        channels.forEach(ManagedChannel::shutdownNow);
        server.shutdownNow();
    }
}
