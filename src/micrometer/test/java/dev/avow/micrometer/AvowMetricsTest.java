package dev.avow.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.Avow;
import dev.avow.engine.AvowOptions;
import dev.avow.engine.DecisionLog;
import dev.avow.engine.LogFailedException;
import dev.avow.engine.Outcome;
import dev.avow.engine.Transaction;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By a clock that stands still unless it is moved. */
class AvowMetricsTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private final MockClock clock = new MockClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
    private final Shop orders = new Shop("orders");
    private final Shop payments = new Shop("payments");

    private Avow open(AvowOptions options) {
        AvowOptions quick =
                options.withRetries(Duration.ofMillis(1), Duration.ofMillis(5)).withTellTimeout(Duration.ofMillis(50));
        return Avow.open(directory, new AvowMetrics(registry, "shop").observing(quick), List.of(orders, payments));
    }

    private Transaction order(Avow avow, String name) {
        Transaction transaction = avow.begin(name);
        transaction.enlist(orders);
        transaction.enlist(payments);
        return transaction;
    }

    private double value(String meter) {
        return registry.get(meter).tag("coordinator", "shop").gauge().value();
    }

    private double attempts() {
        return registry.get("avow.recovery.attempts").counter().count();
    }

    private long count(String outcome, String cause) {
        return registry.get("avow.transactions")
                .tags("outcome", outcome, "cause", cause)
                .timer()
                .count();
    }

    @Test
    void each_outcome_is_counted_with_its_cause_and_its_time() {
        try (Avow avow = open(AvowOptions.defaults())) {
            Transaction first = order(avow, "O1");
            clock.add(3, TimeUnit.SECONDS);
            first.commit().requireCommitted();
            order(avow, "O2").abort();
            orders.refuses = true;
            order(avow, "O3").commit();
            order(avow, "O4").commit();
        }
        assertEquals(1, count("committed", "none"));
        assertEquals(1, count("aborted", "application"));
        assertEquals(2, count("aborted", "refused"));
        assertEquals(
                3,
                registry.get("avow.transactions")
                        .tag("outcome", "committed")
                        .timer()
                        .totalTime(TimeUnit.SECONDS));
    }

    @Test
    void a_healthy_commit_leaves_nothing_in_doubt_and_takes_no_attempt() {
        try (Avow avow = open(AvowOptions.defaults())) {
            order(avow, "O1").commit().requireCommitted();
            assertEquals(0, value("avow.in.doubt"));
            assertEquals(0, registry.get("avow.in.doubt.oldest").timeGauge().value());
            assertEquals(0, attempts());
            assertEquals(1, registry.get("avow.log.force").timer().count());
            assertEquals(1, registry.get("avow.log.batch").summary().totalAmount());
        }
    }

    @Test
    void what_a_participant_cannot_be_told_is_in_doubt_and_grows_older_until_recovery_tells_it() throws Exception {
        try (Avow avow = open(AvowOptions.defaults())) {
            payments.isUnreachable = true;
            order(avow, "O1").commit().requireCommitted();
            clock.add(90, TimeUnit.SECONDS);
            assertEquals(1, value("avow.in.doubt"));
            assertEquals(90, registry.get("avow.in.doubt.oldest").timeGauge().value(TimeUnit.SECONDS));
            payments.isUnreachable = false;
            assertTrue(avow.awaitRecovered(LONG));
            assertEquals(0, value("avow.in.doubt"));
            assertTrue(attempts() > 0);
        }
    }

    @Test
    void a_commit_of_an_earlier_incarnation_counts_from_its_recovery_on() throws Exception {
        try (Avow earlier = open(AvowOptions.defaults())) {
            payments.isUnreachable = true;
            order(earlier, "O1").commit().requireCommitted();
        }
        SimpleMeterRegistry later = new SimpleMeterRegistry(SimpleConfig.DEFAULT, clock);
        AvowOptions options = new AvowMetrics(later, "shop")
                .observing(AvowOptions.defaults().withRetries(Duration.ofMillis(1), Duration.ofMillis(5)));
        payments.isUnreachable = false;
        try (Avow avow = Avow.open(directory, options, List.of(orders, payments))) {
            assertTrue(avow.awaitRecovered(LONG));
        }
        assertTrue(later.get("avow.recovery.attempts").counter().count() > 0);
        assertEquals(0, later.get("avow.in.doubt").gauge().value());
    }

    @Test
    void the_oldest_counts_and_a_batch_has_all_its_records() {
        try (Avow avow = open(AvowOptions.defaults())) {
            order(avow, "O1").commit().requireCommitted();
            order(avow, "O2").commit().requireCommitted();
            // The first one's end rides with the second one's commit.
            assertEquals(2, registry.get("avow.log.batch").summary().count());
            assertEquals(3, registry.get("avow.log.batch").summary().totalAmount());
            payments.isUnreachable = true;
            order(avow, "O3").commit().requireCommitted();
            clock.add(60, TimeUnit.SECONDS);
            order(avow, "O4").commit().requireCommitted();
            clock.add(30, TimeUnit.SECONDS);
            assertEquals(2, value("avow.in.doubt"));
            assertEquals(90, registry.get("avow.in.doubt.oldest").timeGauge().value(TimeUnit.SECONDS));
        }
    }

    @Test
    void a_coordinator_that_is_opened_again_in_the_process_is_seen_in_place_of_the_one_before() throws Exception {
        try (Avow avow = open(AvowOptions.defaults())) {
            payments.isUnreachable = true;
            order(avow, "O1").commit().requireCommitted();
            assertEquals(1, value("avow.in.doubt"));
        }
        payments.isUnreachable = false;
        try (Avow again = open(AvowOptions.defaults())) {
            assertTrue(again.awaitRecovered(LONG));
            assertEquals(0, value("avow.in.doubt"));
            assertEquals(0, registry.get("avow.in.doubt.oldest").timeGauge().value());
        }
    }

    @Test
    void an_answer_of_recovery_is_an_attempt() throws Exception {
        try (Avow earlier = Avow.open(directory, AvowOptions.defaults(), List.of(orders, payments))) {
            // Its own first look must not be the one that finds it.
            assertTrue(earlier.awaitRecovered(LONG));
            // Prepared behind the coordinator's back, as if it had died before its decision.
            orders.prepare(earlier.begin("O1").id());
        }
        try (Avow avow = open(AvowOptions.defaults())) {
            assertTrue(avow.awaitRecovered(LONG));
            assertEquals(1, attempts());
        }
    }

    @Test
    void what_only_the_next_start_can_tell_is_in_doubt() {
        try (DecisionLog log = DecisionLog.open(directory)) {
            DecisionLog failing = (DecisionLog) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {DecisionLog.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("appendCommit")) {
                            throw new LogFailedException("no disk", new IOException("gone"));
                        }
                        return method.invoke(log, arguments);
                    });
            AvowOptions options = new AvowMetrics(registry, "shop").observing(AvowOptions.defaults());
            Avow avow = Avow.open(failing, options, List.of(orders, payments));
            assertInstanceOf(Outcome.InDoubt.class, order(avow, "O1").commit());
            assertEquals(1, value("avow.in.doubt"));
            assertEquals(1, count("in_doubt", "none"));
            avow.close();
        }
    }

    @Test
    void whoever_observed_before_still_does() {
        List<String> seen = new ArrayList<>();
        AvowOptions options = AvowOptions.defaults().withObserver(step -> seen.add(step.action()));
        options = options.withLog(options.log().withObserver((records, nanos) -> seen.add("forced " + records)));
        try (Avow avow = open(options)) {
            order(avow, "O1").commit().requireCommitted();
        }
        assertTrue(seen.contains("CoordinatorDecideCommit"), seen::toString);
        assertTrue(seen.contains("forced 1"), seen::toString);
    }
}
