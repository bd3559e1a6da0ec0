package dev.avow.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.Avow;
import dev.avow.engine.AvowOptions;
import dev.avow.engine.Outcome;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.util.MutableHandlerRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The network fails at each message of a transaction, once each: it commits everywhere or nowhere, and nothing is left. */
class LossTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofMillis(250);
    /** More moments than a transaction can have, should it be told again and again. */
    private static final int MOST_MOMENTS = 100;

    @TempDir
    private Path folder;

    private StoreService orders;
    private StoreService payments;
    private Way toOrders;
    private Way toPayments;

    @BeforeEach
    void open() throws IOException {
        Duration silence = Duration.ofMillis(200);
        orders = StoreService.impatient(folder.resolve("orders"), "orders", silence, store -> store);
        payments = StoreService.impatient(folder.resolve("payments"), "payments", silence, store -> store);
        toOrders = wayTo(orders);
        toPayments = wayTo(payments);
    }

    private static Way wayTo(StoreService service) {
        ManagedChannel channel = service.channel();
        try {
            return new Way(channel.authority());
        } finally {
            channel.shutdownNow();
        }
    }

    @AfterEach
    void close() {
        toOrders.close();
        toPayments.close();
        orders.close();
        payments.close();
    }

    /** One run of the coordinator, to whose messages something happens. */
    private final class Run implements AutoCloseable {
        final Moments moments;
        private final List<ManagedChannel> channels = new ArrayList<>();
        private final List<RemoteParticipant> participants = new ArrayList<>();
        private final Avow avow;
        private final Server server;
        private final Way toCoordinator;
        private final Channel ordering;
        private final Channel paying;

        /** @param watchesCalls whether the application's calls are among the messages */
        Run(int at, boolean watchesCalls, Runnable event) throws IOException {
            moments = new Moments(at, () -> {
                event.run();
                cutCoordinator();
            });
            Channel watchedOrders = watched(toOrders, moments);
            Channel watchedPayments = watched(toPayments, moments);
            participants.add(RemoteParticipant.of("orders", watchedOrders, PATIENCE));
            participants.add(RemoteParticipant.of("payments", watchedPayments, PATIENCE));
            AvowOptions options = AvowOptions.defaults()
                    .withVoteTimeout(LONG)
                    .withTellTimeout(Duration.ofMillis(500))
                    .withRetries(Duration.ofMillis(20), Duration.ofMillis(50));
            avow = Avow.open(folder.resolve("log"), options, participants);
            MutableHandlerRegistry services = new MutableHandlerRegistry();
            server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                    .fallbackHandlerRegistry(services)
                    .build()
                    .start();
            toCoordinator = new Way("localhost:" + server.getPort());
            coordinator = CoordinatorService.of(
                    avow, Identity.plainText(), toCoordinator.address(), participants.get(0), participants.get(1));
            var unused = services.addService(coordinator.service());
            ordering = called(watchesCalls ? watchedOrders : direct(orders));
            paying = called(watchesCalls ? watchedPayments : direct(payments));
        }

        private Channel direct(StoreService service) {
            ManagedChannel channel = service.channel();
            channels.add(channel);
            return channel;
        }

        private final CoordinatorService coordinator;

        private Channel watched(Way way, Moments watching) {
            ManagedChannel channel = Texts.channel(way.address());
            channels.add(channel);
            return ClientInterceptors.intercept(channel, watching);
        }

        private Channel called(Channel channel) {
            return ClientInterceptors.intercept(channel, coordinator.interceptor());
        }

        private void cutCoordinator() {
            toCoordinator.cut();
        }

        /** Empty if the work failed, and with it the transaction. */
        Optional<Outcome> buy(String order) {
            try {
                return Optional.of(coordinator.transact(order, transaction -> {
                    Texts.put(ordering, order + "=120");
                    Texts.put(paying, order + "=120");
                }));
            } catch (StatusRuntimeException | IllegalStateException lost) {
                return Optional.empty();
            }
        }

        void awaitRecovered() throws InterruptedException {
            assertTrue(avow.awaitRecovered(LONG), () -> "still pending: " + avow.pending());
        }

        @Override
        public void close() {
            avow.close();
            participants.forEach(RemoteParticipant::close);
            channels.forEach(ManagedChannel::shutdownNow);
            server.shutdownNow();
            toCoordinator.close();
        }
    }

    private interface Misfortune {
        void strike();
    }

    private void atEachMoment(boolean watchesCalls, Misfortune misfortune, Runnable healing) throws Exception {
        boolean hasCome = true;
        int committed = 0;
        for (int at = 1; hasCome && at <= MOST_MOMENTS; at++) {
            String order = "O" + at;
            try (Run run = new Run(at, watchesCalls, misfortune::strike)) {
                Optional<Outcome> outcome = run.buy(order);
                hasCome = run.moments.end();
                healing.run();
                run.awaitRecovered();
                committed += audit(at, order, outcome) ? 1 : 0;
            }
        }
        assertTrue(!hasCome, "no end of messages");
        assertTrue(committed >= 3, committed + " committed: what is lost after the decision must not abort it");
    }

    /** Whether it has committed. */
    private boolean audit(int at, String order, Optional<Outcome> outcome) throws Exception {
        Optional<String> ordered = orders.store().get(order);
        assertEquals(ordered, payments.store().get(order), () -> "at moment " + at + ", told " + outcome);
        boolean isCommitted =
                outcome.filter(Outcome.Committed.class::isInstance).isPresent();
        assertEquals(isCommitted, ordered.isPresent(), () -> "at moment " + at + ", told " + outcome);
        assertEquals(List.of(), List.copyOf(orders.store().inDoubt()), () -> "orders, at moment " + at);
        assertEquals(List.of(), List.copyOf(payments.store().inDoubt()), () -> "payments, at moment " + at);
        return isCommitted;
    }

    @Test
    void connections_are_lost_at_each_message() throws Exception {
        atEachMoment(
                true,
                () -> {
                    toOrders.cut();
                    toPayments.cut();
                },
                () -> {});
    }

    @Test
    void connections_are_half_open_from_each_message_on_and_what_was_held_back_comes_late() throws Exception {
        atEachMoment(
                false,
                () -> {
                    toOrders.stall();
                    toPayments.stall();
                },
                () -> {
                    toOrders.flow();
                    toPayments.flow();
                });
    }
}
