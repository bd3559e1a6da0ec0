package dev.avow.cli.demo.services;

import dev.avow.cli.demo.Order;
import dev.avow.cli.demo.Sighting;
import dev.avow.cli.terminal.Complaint;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Hands orders to the shop, some at a time, and notes how each ended. What a shop that was killed left without an outcome goes
 * to the next one. Safe for any number of threads.
 */
public final class Desk {
    /** More than the shop works on at a time. */
    private static final int MOST_GIVEN = 16;
    /** One that is aborted so often is given up. */
    private static final int MOST_TRIES = 20;

    /** Guarded by this, like all below. */
    private final Deque<Order> waiting = new ArrayDeque<>();
    /** By id: the shop has been asked, and hasn't answered. */
    private final Map<String, Order> given = new LinkedHashMap<>();

    private final Map<String, Ending> ended = new TreeMap<>();
    private final Map<String, Integer> tried = new HashMap<>();
    private final List<Seen> seen = new ArrayList<>();
    private Runnable step = () -> {};
    private Optional<Child> shop = Optional.empty();
    private Optional<String> settled = Optional.empty();
    private Optional<Complaint> failure = Optional.empty();
    private int again;

    /**
     * What the shop saw.
     *
     * @param micros when, since 1970
     */
    record Seen(long micros, Sighting sighting) {}

    /**
     * To be placed, when a shop is there.
     *
     * @param each runs for each that has ended for good, in the thread that hears of it
     */
    synchronized void put(List<Order> orders, Runnable each) {
        step = each;
        waiting.addAll(orders);
        give();
    }

    /** A shop has started: it is asked for what an earlier one hasn't answered, too. */
    synchronized void shopIsUp(Child started) {
        shop = Optional.of(started);
        given.values().forEach(order -> started.say(Lines.of(Lines.PLACE, OrderLine.of(order))));
        give();
    }

    private void give() {
        while (shop.isPresent() && given.size() < MOST_GIVEN && !waiting.isEmpty()) {
            Order next = waiting.removeFirst();
            given.put(next.id(), next);
            shop.get().say(Lines.of(Lines.PLACE, OrderLine.of(next)));
        }
    }

    /** The shop says something. A line that its death has cut is none. */
    synchronized void hear(String line) {
        List<String> parts = List.of(line.split(Lines.SEPARATOR, 3));
        switch (parts.get(0)) {
            case Lines.SAW -> saw(parts);
            case Lines.ENDED -> ended(line.split(Lines.SEPARATOR, 4));
            case Lines.SETTLED -> settled = Optional.of("");
            case Lines.UNSETTLED -> settled = Optional.of(parts.size() > 1 ? parts.get(1) : "unsettled");
            default -> {
                // What it says of its own accord, such as a warning of its JVM.
            }
        }
        notifyAll();
    }

    private void saw(List<String> parts) {
        if (parts.size() == 3) {
            Sighting.parse(parts.get(2))
                    .ifPresent(sighting -> seen.add(new Seen(Long.parseLong(parts.get(1)), sighting)));
        }
    }

    private void ended(String[] parts) {
        if (parts.length < 4) {
            return;
        }
        Ending ending = Ending.valueOf(parts[2]);
        Optional<Order> order = Optional.ofNullable(given.remove(parts[1]));
        if (order.isPresent()) {
            int tries = tried.merge(order.get().id(), 1, Integer::sum);
            if (ending.isLast() || (ending == Ending.ABORTED && tries == MOST_TRIES)) {
                ended.put(order.get().id(), ending);
                step.run();
            } else {
                again++;
                waiting.addLast(order.get());
            }
        }
        give();
    }

    /** Nothing more can come of it. */
    synchronized void fail(Complaint complaint) {
        failure = failure.or(() -> Optional.of(complaint));
        notifyAll();
    }

    /** Waits until so many orders have ended for good. */
    synchronized void awaitEnded(int count, Duration patience) throws InterruptedException {
        await(
                () -> ended.size() >= count,
                patience,
                () -> Complaint.failed("only " + ended.size() + " of " + count + " orders have an outcome after "
                        + patience.toSeconds() + " s; without one are " + given.keySet()));
    }

    /** Asks the shop whether everything is told to everybody; gives what isn't, or an empty text. */
    synchronized String settle(Duration patience) throws InterruptedException {
        settled = Optional.empty();
        shop.orElseThrow().say(Lines.SETTLE);
        await(
                () -> settled.isPresent(),
                patience,
                () -> Complaint.failed(
                        "the shop doesn't say after " + patience.toSeconds() + " s whether everything is told"));
        return settled.orElseThrow();
    }

    private void await(BooleanSupplier condition, Duration patience, Supplier<Complaint> late)
            throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (failure.isPresent()) {
                throw failure.get();
            }
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw late.get();
            }
            wait(Math.max(1, left / 1_000_000));
        }
    }

    /** How each order ended, by its id. */
    public synchronized Map<String, Ending> endings() {
        return new TreeMap<>(ended);
    }

    synchronized long count(Ending ending) {
        return ended.values().stream().filter(ending::equals).count();
    }

    /** How often an order was placed or asked for once more. */
    public synchronized int again() {
        return again;
    }

    synchronized List<Seen> seen() {
        return List.copyOf(seen);
    }
}
