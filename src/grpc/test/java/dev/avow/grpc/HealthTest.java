package dev.avow.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.avow.engine.Avow;
import dev.avow.engine.AvowOptions;
import dev.avow.engine.DecisionLog;
import dev.avow.engine.KeyValueStore;
import dev.avow.engine.LogFailedException;
import dev.avow.engine.LogOptions;
import dev.avow.engine.TransactionId;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What orchestrators hear, on real connections. */
class HealthTest {
    private static final Duration OFTEN = Duration.ofMillis(50);
    private static final String PARTICIPANT = "avow.v1.ParticipantService";
    private static final String COORDINATOR = "avow.v1.CoordinatorService";
    private static final String SERVER = "";

    @TempDir
    private Path folder;

    private final Identity identity = Identity.plainText();
    private final Health health = Health.of(identity, OFTEN);
    /** The last one first. */
    private final Deque<AutoCloseable> open = new ArrayDeque<>(List.of(health));

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    private <T extends AutoCloseable> T closing(T opened) {
        open.push(opened);
        return opened;
    }

    /** A store that fails, or hangs, when it is told to. */
    private static final class Ill extends Around {
        private volatile boolean fails;
        private volatile CountDownLatch answering = new CountDownLatch(0);

        Ill(KeyValueStore store) {
            super(store);
        }

        @Override
        public Collection<TransactionId> inDoubt() throws Exception {
            answering.await();
            if (fails) {
                throw new IOException("the disk is ill");
            }
            return super.inDoubt();
        }
    }

    private Ill store() {
        return new Ill(closing(KeyValueStore.open(folder.resolve("store"), "orders")));
    }

    private ParticipantService participant(Ill store) {
        return closing(ParticipantService.open(store, ParticipantOptions.of(folder.resolve("service"), identity)));
    }

    private Avow coordinator(DecisionLog log) {
        return closing(Avow.open(log, AvowOptions.defaults(), List.of()));
    }

    private DecisionLog log() {
        return DecisionLog.open(folder.resolve("log"), LogOptions.defaults());
    }

    private ManagedChannel served(BindableService service) throws IOException {
        ServerBuilder<?> builder = identity.server(0);
        Server server = builder.addService(service).build().start();
        closing(server::shutdownNow);
        ManagedChannel channel = identity.channel("localhost:" + server.getPort(), "anybody");
        closing(channel::shutdownNow);
        return channel;
    }

    private static HealthGrpc.HealthBlockingStub asking(ManagedChannel channel) {
        return HealthGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);
    }

    private static HealthCheckRequest about(String service) {
        return HealthCheckRequest.newBuilder().setService(service).build();
    }

    /** As it changes, until this is said. */
    private static void await(ServingStatus awaited, Iterator<HealthCheckResponse> said) {
        while (said.next().getStatus() != awaited) {
            // The next one.
        }
    }

    @Test
    void a_participant_serves_while_it_can_say_what_it_is_in_doubt_about() throws Exception {
        Ill store = store();
        ParticipantService participant = participant(store);
        Iterator<HealthCheckResponse> said =
                asking(served(health.of(participant).service())).watch(about(PARTICIPANT));
        await(ServingStatus.SERVING, said);
        store.fails = true;
        await(ServingStatus.NOT_SERVING, said);
        store.fails = false;
        await(ServingStatus.SERVING, said);
        participant.close();
        await(ServingStatus.NOT_SERVING, said);
    }

    @Test
    void a_participant_whose_store_hangs_does_not_serve() throws Exception {
        Ill store = store();
        Iterator<HealthCheckResponse> said =
                asking(served(health.of(participant(store)).service())).watch(about(SERVER));
        await(ServingStatus.SERVING, said);
        CountDownLatch answering = new CountDownLatch(1);
        store.answering = answering;
        await(ServingStatus.NOT_SERVING, said);
        answering.countDown();
        await(ServingStatus.SERVING, said);
    }

    @Test
    void nothing_serves_from_the_beginning_of_the_end() throws Exception {
        Iterator<HealthCheckResponse> said =
                asking(served(health.of(participant(store())).service())).watch(about(SERVER));
        await(ServingStatus.SERVING, said);
        health.close();
        assertEquals(ServingStatus.NOT_SERVING, said.next().getStatus());
    }

    @Test
    void a_coordinator_serves_until_it_is_closed() throws Exception {
        Avow avow = coordinator(log());
        CoordinatorService coordinator = CoordinatorService.of(avow, identity, "localhost:7400");
        Iterator<HealthCheckResponse> said =
                asking(served(health.of(coordinator).service())).watch(about(COORDINATOR));
        await(ServingStatus.SERVING, said);
        avow.close();
        await(ServingStatus.NOT_SERVING, said);
    }

    @Test
    void a_coordinator_whose_log_has_failed_does_not_serve() throws Exception {
        DecisionLog log = log();
        DecisionLog failing = (DecisionLog) Proxy.newProxyInstance(
                DecisionLog.class.getClassLoader(), new Class<?>[] {DecisionLog.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("appendCommit")) {
                        throw new LogFailedException("the disk is full", new IOException("full"));
                    }
                    try {
                        return method.invoke(log, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
        KeyValueStore first = closing(KeyValueStore.open(folder.resolve("first"), "first"));
        KeyValueStore second = closing(KeyValueStore.open(folder.resolve("second"), "second"));
        Avow avow = closing(Avow.open(failing, AvowOptions.defaults(), List.of(first, second)));
        CoordinatorService coordinator = CoordinatorService.of(avow, identity, "localhost:7400");
        Iterator<HealthCheckResponse> said =
                asking(served(health.of(coordinator).service())).watch(about(COORDINATOR));
        await(ServingStatus.SERVING, said);
        var unusedInDoubt = avow.transact("O1", transaction -> {
            first.put(transaction, "O1", "120");
            second.put(transaction, "O1", "120");
        });
        await(ServingStatus.NOT_SERVING, said);
        assertThrows(IllegalStateException.class, () -> avow.begin("O2"));
    }

    @Test
    void a_server_with_both_serves_if_both_do() throws Exception {
        Ill store = store();
        CoordinatorService coordinator = CoordinatorService.of(coordinator(log()), identity, "localhost:7400");
        ManagedChannel channel =
                served(health.of(participant(store)).of(coordinator).service());
        Iterator<HealthCheckResponse> said = asking(channel).watch(about(SERVER));
        await(ServingStatus.SERVING, said);
        store.fails = true;
        await(ServingStatus.NOT_SERVING, said);
        assertEquals(
                ServingStatus.SERVING, asking(channel).check(about(COORDINATOR)).getStatus());
    }

    @Test
    void a_server_has_one_participant() {
        ParticipantService participant = participant(store());
        Health once = health.of(participant);
        assertThrows(IllegalArgumentException.class, () -> once.of(participant));
    }

    @Test
    void an_interval_is_longer_than_nothing() {
        assertThrows(IllegalArgumentException.class, () -> Health.of(identity, Duration.ZERO));
    }

    @Test
    void a_service_that_is_not_there_is_not_found() throws Exception {
        ManagedChannel channel = served(health.service());
        StatusRuntimeException unknown =
                assertThrows(StatusRuntimeException.class, () -> asking(channel).check(about(PARTICIPANT)));
        assertEquals(Status.Code.NOT_FOUND, unknown.getStatus().getCode());
    }
}
