package dev.avow.services.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.AvowOptions;
import dev.avow.engine.TransactionId;
import dev.avow.grpc.Identity;
import dev.avow.grpc.RemoteParticipant;
import dev.avow.grpc.ServiceObserver;
import dev.avow.protocol.Ending;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The meters of services, on real connections. */
class ServiceMetricsTest {
    private static final int LONG_SECONDS = 20;

    @TempDir
    private Path folder;

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final ServiceMetrics metrics = new ServiceMetrics(meters);
    private final CountDownLatch asked = new CountDownLatch(1);
    private final Semaphore askedPeer = new Semaphore(0);
    private final CountDownLatch told = new CountDownLatch(1);
    private final Identity identity = metrics.observing(Identity.plainText()).observedBy(new ServiceObserver() {
        @Override
        public void askedCoordinator(String participant, boolean replied) {
            asked.countDown();
        }

        @Override
        public void askedPeer(String participant, boolean knew) {
            askedPeer.release();
        }

        @Override
        public void endedByPeer(String participant, TransactionId id, Ending ending) {
            told.countDown();
        }
    });
    private volatile boolean fails;
    private Service orders;
    private Service payments;
    private Shop shop;

    @BeforeEach
    void open() throws IOException {
        orders = new Service(folder, "orders", identity, store -> store, new Untraced());
        payments = new Service(
                folder,
                "payments",
                identity,
                store -> new Around(store) {
                    @Override
                    public void commit(TransactionId id) throws Exception {
                        if (fails) {
                            throw new IOException("no space left");
                        }
                        super.commit(id);
                    }
                },
                new Untraced());
        metrics.show(orders.participant);
        metrics.show(payments.participant);
        shop = new Shop(folder.resolve("log"), AvowOptions.defaults(), identity, orders, payments, new Untraced());
    }

    @AfterEach
    void close() {
        shop.close();
        orders.close();
        payments.close();
    }

    /** How often each was answered how. */
    private Map<String, Long> counts(String timer) {
        Map<String, Long> counts = new TreeMap<>();
        for (Timer each : meters.find(timer).timers()) {
            Meter.Id id = each.getId();
            counts.put(id.getTag("participant") + " " + id.getTag("message") + " " + id.getTag("answer"), each.count());
        }
        return counts;
    }

    private double count(String counter, String... tags) {
        return meters.find(counter).tags(tags).counters().stream()
                .mapToDouble(each -> each.count())
                .sum();
    }

    private double gauge(String name, String participant) {
        return meters.get(name).tag("participant", participant).gauge().value();
    }

    private double refused(String kind) {
        return meters.get("avow.refusals")
                .tags(Tags.of("kind", kind))
                .functionCounter()
                .count();
    }

    @Test
    void orders_are_timed_on_both_sides() throws Exception {
        shop.coordinator.transact("O1", transaction -> shop.buy("O1")).requireCommitted();
        assertTrue(shop.avow.awaitRecovered(Duration.ofSeconds(LONG_SECONDS)));
        Map<String, Long> all = Map.of(
                "orders prepare yes",
                1L,
                "orders commit acknowledged",
                1L,
                "payments prepare yes",
                1L,
                "payments commit acknowledged",
                1L);
        assertEquals(all, counts("avow.orders.told"));
        assertEquals(all, counts("avow.orders.carried.out"));
    }

    @Test
    void branches_are_open_until_their_first_order() throws Exception {
        shop.coordinator
                .transact("O1", transaction -> {
                    shop.buy("O1");
                    assertEquals(1, gauge("avow.branches.open", "orders"));
                })
                .requireCommitted();
        assertEquals(0, gauge("avow.branches.open", "orders"));
    }

    @Test
    void a_branch_in_doubt_is_shown_and_asked_about_and_ended_by_the_other_service() throws Exception {
        fails = true;
        shop.coordinator.transact("O1", transaction -> shop.buy("O1")).requireCommitted();
        assertEquals(1, gauge("avow.branches.in.doubt", "payments"));
        assertTrue(asked.await(LONG_SECONDS, TimeUnit.SECONDS));
        assertTrue(count("avow.inquiries", "participant", "payments", "of", "coordinator", "reply", "replied") >= 1);
        shop.close();
        // What the coordinator has ordered to its end has failed, too.
        askedPeer.drainPermits();
        assertTrue(askedPeer.tryAcquire(LONG_SECONDS, TimeUnit.SECONDS));
        fails = false;
        assertTrue(told.await(LONG_SECONDS, TimeUnit.SECONDS));
        assertEquals(0, gauge("avow.branches.in.doubt", "payments"));
        assertTrue(count("avow.inquiries", "participant", "payments", "of", "coordinator", "reply", "silent") >= 1);
        assertTrue(count("avow.inquiries", "participant", "payments", "of", "peer", "reply", "replied") >= 1);
        assertEquals(1, count("avow.branches.ended.by.peers", "participant", "payments", "ending", "committed"));
        assertTrue(counts("avow.orders.carried.out").containsKey("payments commit failure"));
    }

    @Test
    void a_refusal_is_counted_by_kind() {
        assertEquals(0, refused("unknown_coordinator"));
        try (RemoteParticipant stranger = RemoteParticipant.at("orders", orders.address(), identity)) {
            assertThrows(Exception.class, () -> stranger.prepare(TransactionId.of(77, 1, 1)));
        }
        assertEquals(1, refused("unknown_coordinator"));
        assertEquals(0, refused("forged_transaction"));
        assertEquals(Map.of(), counts("avow.orders.carried.out"));
    }

    @Test
    void a_participant_that_was_opened_again_shows_its_own_branches() throws Exception {
        orders.close();
        orders = new Service(folder.resolve("again"), "orders", identity, store -> store, new Untraced());
        metrics.show(orders.participant);
        assertEquals(
                1,
                meters.find("avow.branches.open")
                        .tag("participant", "orders")
                        .gauges()
                        .size());
        assertEquals(0, gauge("avow.branches.open", "orders"));
    }
}
