package dev.avow.cli.demo.services;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Something that is done to processes while orders are under way.
 *
 * @param after how many orders have ended before
 * @param delay how long after that
 * @param kind what is done
 * @param victims to whom, one right after the other, and all before the first of them is back
 */
public record Fault(int after, Duration delay, Kind kind, List<Victim> victims) {
    public enum Kind {
        /** SIGKILL, and started again at once. */
        KILL,
        /** SIGSTOP, and SIGCONT when nobody has any patience left. */
        PAUSE
    }

    private static final List<Victim> ALL = List.of(Victim.values());

    private record Blow(Kind kind, List<Victim> victims) {}

    /**
     * Drawn in any case, beside a pause. In the last of them orders wait for the payment service, when the order service loses
     * the work that it has done for them: only so does it hear of a transaction that goes on without that.
     */
    private static final List<Blow> ALWAYS = List.of(
            new Blow(Kind.KILL, List.of(Victim.SHOP)),
            new Blow(Kind.KILL, List.of(Victim.ORDERS)),
            new Blow(Kind.KILL, List.of(Victim.PAYMENTS)),
            new Blow(Kind.KILL, List.of(Victim.PAYMENTS, Victim.ORDERS)));

    /** How many are drawn at least: each process is killed, both services are, and one is paused. */
    public static final int FEWEST = ALWAYS.size() + 1;

    private static final int MOST_DELAY_MICROS = 20_000;
    /** One in so many is a pause, or hits two processes, beside those that are there in any case. */
    private static final int PAUSES = 5;

    private static final int DOUBLES = 5;

    public Fault {
        victims = List.copyOf(victims);
    }

    /** Draws so many, or {@link #FEWEST}, for these many orders, in their order. */
    public static List<Fault> draw(int faults, int orders, Random random) {
        List<Integer> moments = random.ints(Math.max(faults, FEWEST), 1, Math.max(2, orders * 9 / 10))
                .sorted()
                .boxed()
                .toList();
        List<Blow> blows = new ArrayList<>(ALWAYS);
        blows.add(new Blow(Kind.PAUSE, drawVictims(random)));
        while (blows.size() < moments.size()) {
            blows.add(new Blow(random.nextInt(PAUSES) == 0 ? Kind.PAUSE : Kind.KILL, drawVictims(random)));
        }
        Collections.shuffle(blows, random);
        List<Fault> drawn = new ArrayList<>();
        for (int number = 0; number < moments.size(); number++) {
            Blow blow = blows.get(number);
            Duration delay = Duration.ofNanos(1_000L * random.nextInt(MOST_DELAY_MICROS));
            drawn.add(new Fault(moments.get(number), delay, blow.kind(), blow.victims()));
        }
        return drawn;
    }

    private static List<Victim> drawVictims(Random random) {
        List<Victim> shuffled = new ArrayList<>(ALL);
        Collections.shuffle(shuffled, random);
        return shuffled.subList(0, random.nextInt(DOUBLES) == 0 ? 2 : 1);
    }
}
