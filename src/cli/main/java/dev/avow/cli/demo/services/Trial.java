package dev.avow.cli.demo.services;

import dev.avow.cli.demo.Order;
import dev.avow.cli.terminal.Text;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Orders under way while processes are killed and paused; then everything is up once more until nothing is in doubt, and in
 * the end everything is killed, so that what an audit finds is what lies on the disks. For one thread at a time.
 */
public final class Trial {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Processes processes;
    private final Desk desk;
    private final List<Happening> happenings = new ArrayList<>();

    /** Of these processes, whose shop is heard at this desk. */
    public Trial(Processes processes, Desk desk) {
        this.processes = processes;
        this.desk = desk;
    }

    /**
     * Runs it once; it may be run again with other orders.
     *
     * @param faults in their order
     * @param step runs for each order that has ended for good
     * @return what couldn't be told to whom, in words; empty if nothing is left to be told
     */
    public String run(List<Order> orders, List<Fault> faults, Runnable step) throws InterruptedException {
        int before = desk.endings().size();
        processes.start();
        desk.shopIsUp(processes.get(Victim.SHOP));
        desk.put(orders, step);
        for (Fault fault : faults) {
            desk.awaitEnded(before + Math.min(fault.after(), orders.size()), PATIENCE);
            pass(fault.delay());
            carryOut(fault);
        }
        desk.awaitEnded(before + orders.size(), PATIENCE);
        String left = desk.settle(Timing.SETTLING.plus(PATIENCE));
        processes.kill();
        return left;
    }

    private void carryOut(Fault fault) throws InterruptedException {
        switch (fault.kind()) {
            case KILL -> kill(fault);
            case PAUSE -> pause(fault);
        }
    }

    private void kill(Fault fault) throws InterruptedException {
        for (Victim victim : fault.victims()) {
            long pid = processes.get(victim).pid();
            processes.get(victim).kill();
            note(victim, Happening.What.KILLED, pid);
        }
        long begun = now();
        processes.start();
        for (Victim victim : fault.victims()) {
            happenings.add(new Happening(
                    begun, victim, Happening.What.STARTED, processes.get(victim).pid()));
        }
        if (fault.victims().contains(Victim.SHOP)) {
            desk.shopIsUp(processes.get(Victim.SHOP));
        }
    }

    private void pause(Fault fault) throws InterruptedException {
        for (Victim victim : fault.victims()) {
            processes.get(victim).pause();
            note(victim, Happening.What.PAUSED, processes.get(victim).pid());
        }
        pass(Timing.PAUSE);
        for (Victim victim : fault.victims()) {
            processes.get(victim).resume();
            note(victim, Happening.What.RESUMED, processes.get(victim).pid());
        }
    }

    /** Not to wait for something, but for some time to have passed. */
    private static void pass(Duration time) throws InterruptedException {
        boolean unused = new CountDownLatch(1).await(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void note(Victim victim, Happening.What what, long pid) {
        happenings.add(new Happening(now(), victim, what, pid));
    }

    private static long now() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
    }

    List<Happening> happenings() {
        return List.copyOf(happenings);
    }

    /** Who was killed and paused how often, in two lines. */
    public List<String> toll() {
        return List.of("Killed: " + toll(Happening.What.KILLED), "Paused: " + toll(Happening.What.PAUSED));
    }

    private String toll(Happening.What what) {
        return Arrays.stream(Victim.values())
                .map(victim -> "the " + victim + " " + Text.count(times(victim, what), "time"))
                .collect(Collectors.joining(", "));
    }

    private long times(Victim victim, Happening.What what) {
        return happenings.stream()
                .filter(each -> each.victim() == victim && each.what() == what)
                .count();
    }
}
