package dev.avow.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.TransactionId;
import dev.avow.grpc.contract.Answer;
import dev.avow.grpc.contract.Commit;
import dev.avow.grpc.contract.Order;
import dev.avow.protocol.Ending;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Observers see what passes, and change nothing. */
class WatchingTest {
    private static final TransactionId ID = TransactionId.of(1, 1, 1);

    private final List<String> seen = new ArrayList<>();
    private final Order.Builder order =
            Order.newBuilder().setTransaction(Wire.toWire(ID)).setCommit(Commit.getDefaultInstance());

    /** Says what it sees, under this name. */
    private final class Telling implements ServiceObserver {
        private final String name;

        Telling(String name) {
            this.name = name;
        }

        @Override
        public Call telling(TransactionId id, String participant, String message, Map<String, String> trace) {
            trace.put("traceparent", "by " + name);
            return seeing(participant + " is told " + message);
        }

        @Override
        public Call carryingOut(TransactionId id, String participant, String message, Map<String, String> trace) {
            return seeing(participant + " is at " + message + " with " + trace.size());
        }

        private Call seeing(String what) {
            seen.add(name + ": " + what);
            return answer ->
                    seen.add(name + ": " + answer.word() + answer.failure().orElse(""));
        }

        @Override
        public Runnable working(TransactionId id) {
            seen.add(name + ": works");
            return () -> seen.add(name + ": has worked");
        }

        @Override
        public void askedCoordinator(String participant, boolean replied) {
            seen.add(name + ": asked, " + replied);
        }

        @Override
        public void askedPeer(String participant, boolean knew) {
            seen.add(name + ": asked a peer, " + knew);
        }

        @Override
        public void endedByPeer(String participant, TransactionId id, Ending ending) {
            seen.add(name + ": " + ending);
        }
    }

    /** Fails at all that it sees. */
    private static final class Failing implements ServiceObserver {
        private static IllegalStateException failure() {
            return new IllegalStateException("as asked");
        }

        @Override
        public Call telling(TransactionId id, String participant, String message, Map<String, String> trace) {
            throw failure();
        }

        @Override
        public Call carryingOut(TransactionId id, String participant, String message, Map<String, String> trace) {
            return answer -> {
                throw failure();
            };
        }

        @Override
        public Runnable working(TransactionId id) {
            throw failure();
        }

        @Override
        public void askedCoordinator(String participant, boolean replied) {
            throw failure();
        }

        @Override
        public void askedPeer(String participant, boolean knew) {
            throw failure();
        }

        @Override
        public void endedByPeer(String participant, TransactionId id, Ending ending) {
            throw failure();
        }
    }

    private void passEverything(Watching watching) {
        WatchedOrders.telling(watching, "orders", order)
                .answered(Optional.empty(), Optional.of(new IllegalStateException("late")));
        Answer.Builder answer =
                WatchedOrders.carryingOut(watching, "orders", ID, order.build(), () -> Wire.answer(Ending.COMMITTED));
        assertTrue(answer.hasEnded());
        watching.working(ID).run();
        watching.askedCoordinator("orders", true);
        watching.askedPeer("orders", false);
        watching.endedByPeer("orders", ID, Ending.ABORTED);
    }

    private static List<String> everythingBy(String name) {
        return List.of(
                name + ": orders is told commit",
                name + ": unansweredjava.lang.IllegalStateException: late",
                name + ": orders is at commit with 1",
                name + ": committed",
                name + ": works",
                name + ": has worked",
                name + ": asked, true",
                name + ": asked a peer, false",
                name + ": ABORTED");
    }

    @Test
    void an_observer_sees_everything() {
        passEverything(Watching.NOBODY.and(new Telling("A")));
        assertEquals(everythingBy("A"), seen);
    }

    @Test
    void one_that_fails_changes_nothing_and_hides_nothing_from_the_next() {
        passEverything(Watching.NOBODY.and(new Failing()).and(new Telling("A")));
        assertEquals(everythingBy("A"), seen);
        seen.clear();
        passEverything(Watching.NOBODY.and(new Telling("B")).and(new Failing()));
        assertEquals(everythingBy("B"), seen);
    }

    @Test
    void what_the_first_has_begun_ends_last() {
        Watching.NOBODY.and(new Telling("A")).and(new Telling("B")).working(ID).run();
        assertEquals(List.of("A: works", "B: works", "B: has worked", "A: has worked"), seen);
    }

    @Test
    void where_nobody_observes_an_order_carries_no_trace() {
        WatchedOrders.telling(Watching.NOBODY, "orders", order).answered(Optional.empty(), Optional.empty());
        assertEquals(Map.of(), order.getTraceMap());
    }

    @Test
    void a_trace_of_unreasonable_size_is_not_taken() {
        for (int i = 0; i < 100; i++) {
            order.putTrace("entry" + i, "value");
        }
        order.putTrace("huge", "x".repeat(2_000));
        Watching watching = Watching.NOBODY.and(new Telling("A"));
        Answer.Builder unused = WatchedOrders.carryingOut(watching, "orders", ID, order.build(), Wire::ack);
        assertEquals("A: orders is at commit with 8", seen.get(0));
        seen.clear();
        order.clearTrace().putTrace("huge", "x".repeat(2_000));
        unused = WatchedOrders.carryingOut(watching, "orders", ID, order.build(), Wire::ack);
        assertEquals("A: orders is at commit with 0", seen.get(0));
    }
}
