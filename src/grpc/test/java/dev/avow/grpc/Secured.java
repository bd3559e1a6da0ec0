package dev.avow.grpc;

import dev.avow.engine.Avow;
import dev.avow.engine.AvowOptions;
import dev.avow.engine.KeyValueStore;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.util.MutableHandlerRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** Services and a shop that know each other by their identities alone. */
final class Secured {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private Secured() {}

    /** A service with a store. */
    static final class Service implements AutoCloseable {
        final KeyValueStore store;
        final Identity identity;
        private final ParticipantService participant;
        private final Server server;

        Service(Path directory, String name, Identity identity) throws IOException {
            this(directory, name, identity, options -> options);
        }

        Service(Path directory, String name, Identity identity, UnaryOperator<ParticipantOptions> changed)
                throws IOException {
            this.identity = identity;
            store = KeyValueStore.open(directory.resolve("store"), name);
            participant = ParticipantService.open(
                    store, changed.apply(ParticipantOptions.of(directory.resolve("service"), identity)));
            server = identity.server(0)
                    .addService(participant.service())
                    .addService(ServerInterceptors.intercept(Texts.service(this::put), participant.interceptor()))
                    .build()
                    .start();
        }

        private void put(String text) {
            String[] parts = text.split("=", -1);
            store.put(ParticipantService.transaction(), parts[0], parts[1]);
        }

        int port() {
            return server.getPort();
        }

        String address() {
            return "localhost:" + port();
        }

        @Override
        public void close() {
            server.shutdownNow();
            participant.close();
            store.close();
        }
    }

    /** The coordinator, with an order service. */
    static final class Shop implements AutoCloseable {
        final Avow avow;
        final CoordinatorService coordinator;
        final RemoteParticipant participant;
        final Channel orders;
        final String address;
        final Identity identity;
        private final Server server;

        Shop(Path log, Identity identity, String ordersAt, String certificate) throws IOException {
            this.identity = identity;
            participant = RemoteParticipant.at("orders", ordersAt, identity, certificate, PATIENCE);
            AvowOptions options = AvowOptions.defaults().withRetries(Duration.ofMillis(20), Duration.ofMillis(100));
            avow = Avow.open(log, options, List.of(participant));
            MutableHandlerRegistry services = new MutableHandlerRegistry();
            server =
                    identity.server(0).fallbackHandlerRegistry(services).build().start();
            address = "localhost:" + server.getPort();
            coordinator = CoordinatorService.of(avow, identity, address, participant);
            var unused = services.addService(coordinator.service());
            orders = ClientInterceptors.intercept(participant.channel(), coordinator.interceptor());
        }

        @Override
        public void close() {
            avow.close();
            participant.close();
            server.shutdownNow();
        }
    }
}
