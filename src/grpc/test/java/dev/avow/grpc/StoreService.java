package dev.avow.grpc;

import dev.avow.engine.KeyValueStore;
import dev.avow.engine.Participant;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A service with a store of its own, on a real connection; it can be stopped and started again at its place. */
final class StoreService implements Texts.Reached, AutoCloseable {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final Path directory;
    private final String name;
    private final Duration workTimeout;
    private final Duration silence;
    private final UnaryOperator<Participant> around;
    private int port;
    private Optional<Running> running = Optional.empty();

    private record Running(KeyValueStore store, ParticipantService participant, Server server) {}

    /** @param around what its coordinators meet instead of the store itself */
    private StoreService(
            Path directory, String name, Duration workTimeout, Duration silence, UnaryOperator<Participant> around) {
        this.directory = directory;
        this.name = name;
        this.workTimeout = workTimeout;
        this.silence = silence;
        this.around = around;
    }

    static StoreService started(Path directory, String name) throws IOException {
        return started(directory, name, LONG, store -> store);
    }

    static StoreService started(Path directory, String name, Duration workTimeout, UnaryOperator<Participant> around)
            throws IOException {
        return started(new StoreService(directory, name, workTimeout, LONG, around));
    }

    /** One that asks by itself so soon after its vote. */
    static StoreService impatient(Path directory, String name, Duration silence, UnaryOperator<Participant> around)
            throws IOException {
        return started(new StoreService(directory, name, LONG, silence, around));
    }

    private static StoreService started(StoreService service) throws IOException {
        service.start();
        return service;
    }

    void start() throws IOException {
        KeyValueStore store = KeyValueStore.open(directory, name);
        Participant met = around.apply(store);
        ParticipantService participant = ParticipantService.open(
                met,
                ParticipantOptions.of(
                                directory.resolveSibling(directory.getFileName() + "-service"), Identity.plainText())
                        .withWorkTimeout(workTimeout)
                        .withSilence(silence));
        Server server = Grpc.newServerBuilderForPort(port, InsecureServerCredentials.create())
                .addService(participant.service())
                .addService(ServerInterceptors.intercept(
                        Texts.service(text -> put(store, text)), participant.interceptor()))
                .build()
                .start();
        port = server.getPort();
        running = Optional.of(new Running(store, participant, server));
    }

    /** At once, with whatever is under way. */
    void stop() {
        Running was = running.orElseThrow();
        running = Optional.empty();
        awaitEnd(was.server().shutdownNow());
        was.participant().close();
        was.store().close();
    }

    /** Its port is free only then. */
    private static void awaitEnd(Server server) {
        try {
            if (!server.awaitTermination(20, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the server on port " + server.getPort() + " doesn't end");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        if (running.isPresent()) {
            stop();
        }
    }

    KeyValueStore store() {
        return running.orElseThrow().store();
    }

    @Override
    public ManagedChannel channel() {
        return Texts.channel("localhost:" + port);
    }

    /** {@code key=value}; the value "fail" is refused after the work. */
    private static void put(KeyValueStore store, String text) {
        String[] parts = text.split("=", -1);
        store.put(ParticipantService.transaction(), parts[0], parts[1]);
        if (parts[1].equals("fail")) {
            throw new IllegalStateException("refused as asked");
        }
    }
}
