package dev.avow.services.micrometer;

import dev.avow.engine.Avow;
import dev.avow.engine.AvowOptions;
import dev.avow.grpc.CoordinatorService;
import dev.avow.grpc.Identity;
import dev.avow.grpc.RemoteParticipant;
import io.grpc.Channel;
import io.grpc.ClientInterceptor;
import io.grpc.ClientInterceptors;
import io.grpc.Server;
import io.grpc.util.MutableHandlerRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The coordinator's process. */
final class Shop implements AutoCloseable {
    final Avow avow;
    final CoordinatorService coordinator;
    final Channel orders;
    final Channel payments;
    private final List<RemoteParticipant> participants;
    private final Server server;

    /** @param tracing whatever the application has on its channels */
    Shop(Path log, AvowOptions options, Identity identity, Service ordering, Service paying, ClientInterceptor tracing)
            throws IOException {
        RemoteParticipant first = RemoteParticipant.at("orders", ordering.address(), identity);
        RemoteParticipant second = RemoteParticipant.at("payments", paying.address(), identity);
        participants = List.of(first, second);
        Duration soon = Duration.ofMillis(20);
        avow = Avow.open(log, options.withRetries(soon, soon), participants);
        MutableHandlerRegistry services = new MutableHandlerRegistry();
        server = identity.server(0).fallbackHandlerRegistry(services).build().start();
        coordinator = CoordinatorService.of(avow, identity, "localhost:" + server.getPort(), first, second);
        var unused = services.addService(coordinator.service());
        orders = ClientInterceptors.intercept(first.channel(), coordinator.interceptor(), tracing);
        payments = ClientInterceptors.intercept(second.channel(), coordinator.interceptor(), tracing);
    }

    void buy(String order) {
        Texts.put(orders, order + "=120");
        Texts.put(payments, order + "=120");
    }

    @Override
    public void close() {
        server.shutdownNow();
        avow.close();
        participants.forEach(RemoteParticipant::close);
    }
}
