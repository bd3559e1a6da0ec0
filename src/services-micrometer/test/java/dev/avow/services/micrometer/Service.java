package dev.avow.services.micrometer;

import dev.avow.engine.KeyValueStore;
import dev.avow.engine.Participant;
import dev.avow.grpc.Identity;
import dev.avow.grpc.ParticipantOptions;
import dev.avow.grpc.ParticipantService;
import io.grpc.Server;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** A service with a store, whose process is another one as far as it can tell. */
final class Service implements AutoCloseable {
    final KeyValueStore store;
    final ParticipantService participant;
    private final Server server;

    /** @param tracing whatever the application has before its own service */
    Service(Path folder, String name, Identity identity, UnaryOperator<Participant> around, ServerInterceptor tracing)
            throws IOException {
        store = KeyValueStore.open(folder.resolve(name), name);
        participant = ParticipantService.open(
                around.apply(store),
                ParticipantOptions.of(folder.resolve(name + "-service"), identity)
                        .withSilence(Duration.ofMillis(100)));
        server = identity.server(0)
                .addService(participant.service())
                .addService(ServerInterceptors.intercept(Texts.service(this::put), participant.interceptor(), tracing))
                .build()
                .start();
    }

    private void put(String text) {
        String[] parts = text.split("=", -1);
        store.put(ParticipantService.transaction(), parts[0], parts[1]);
    }

    String address() {
        return "localhost:" + server.getPort();
    }

    @Override
    public void close() {
        server.shutdownNow();
        participant.close();
        store.close();
    }
}
