package dev.avow.cli.demo.services;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Something that is done to processes while orders are under way.
 *
 * @param after how many orders have ended before
 * @param delay how long after that
 * @param kind what is done
 * @param victims to whom, all at once
 */
public record Fault(int after, Duration delay, Kind kind, Set<Victim> victims) {
    public enum Kind {
        /** SIGKILL, and started again at once. */
        KILL,
        /** SIGSTOP, and SIGCONT when nobody has any patience left. */
        PAUSE
    }

    private static final List<Victim> ALL = List.of(Victim.values());

    /** How many are drawn at least: each process is killed, and one paused. */
    public static final int FEWEST = 4;

    private static final int MOST_DELAY_MICROS = 20_000;
    /** One in so many is a pause, or hits two processes, beside those that are there in any case. */
    private static final int PAUSES = 5;

    private static final int DOUBLES = 5;

    public Fault {
        victims = Collections.unmodifiableSet(EnumSet.copyOf(victims));
    }

    /** Draws so many, or {@link #FEWEST}, for these many orders, in their order. */
    public static List<Fault> draw(int faults, int orders, Random random) {
        List<Integer> moments = random.ints(Math.max(faults, FEWEST), 1, Math.max(2, orders * 9 / 10))
                .sorted()
                .boxed()
                .toList();
        List<Blow> blows = new ArrayList<>();
        for (int number = 0; number < moments.size(); number++) {
            boolean given = number < FEWEST - 1;
            boolean paused = number == FEWEST - 1 || (!given && random.nextInt(PAUSES) == 0);
            blows.add(new Blow(
                    paused ? Kind.PAUSE : Kind.KILL, given ? EnumSet.of(ALL.get(number)) : drawVictims(random)));
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

    private record Blow(Kind kind, Set<Victim> victims) {}

    private static Set<Victim> drawVictims(Random random) {
        Set<Victim> drawn = EnumSet.of(ALL.get(random.nextInt(ALL.size())));
        if (random.nextInt(DOUBLES) == 0) {
            drawn.add(ALL.get(random.nextInt(ALL.size())));
        }
        return drawn;
    }
}
