package dev.avow.simulator.world;

import java.util.PriorityQueue;

/** What will happen, by the world's time. What is due at the same time happens in the order in which it was planned. */
final class Agenda {
    static final long MILLIS = 1_000_000L;
    static final long SECONDS = 1_000 * MILLIS;

    private record Due(long nanos, long sequence, Runnable action) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return nanos != other.nanos ? Long.compare(nanos, other.nanos) : Long.compare(sequence, other.sequence);
        }
    }

    private final PriorityQueue<Due> queue = new PriorityQueue<>();
    private long planned;
    private long events;
    private long now;

    long now() {
        return now;
    }

    /** How many things have happened. */
    long events() {
        return events;
    }

    void after(long delayNanos, Runnable action) {
        queue.add(new Due(now + delayNanos, planned++, action));
    }

    /** Whether the next thing happens at this time or before. */
    boolean isDueBy(long nanos) {
        return !queue.isEmpty() && queue.element().nanos <= nanos;
    }

    /** Lets time pass in which nothing is due. */
    void pass(long untilNanos) {
        now = Math.max(now, untilNanos);
    }

    /** Lets the next thing happen. */
    void next() {
        Due due = queue.remove();
        now = due.nanos;
        events++;
        due.action.run();
    }
}
