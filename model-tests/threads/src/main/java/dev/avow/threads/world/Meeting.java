package dev.avow.threads.world;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets two threads start together, give or take a moment that differs from time to time: what they do then takes so long
 * that two who start at their own pace would hardly ever meet, and two who start at once would always meet at one place.
 */
public final class Meeting {
    private static final int MOST_TURNS = 2_000;

    private final AtomicInteger arrived = new AtomicInteger();

    /** Returns when both are here. */
    public void meet() {
        arrived.incrementAndGet();
        for (int turns = 0; arrived.get() < 2; turns++) {
            if (turns < MOST_TURNS) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(this, 1_000); // the other may be waiting for this very processor
            }
        }
    }

    /** Waits for nobody. */
    public void arrive() {
        arrived.incrementAndGet();
    }

    /** As {@link #meet}, and {@link #linger}. */
    public void meetAndLinger(int mostTurns) {
        meet();
        linger(mostTurns);
    }

    /** Up to so many turns of an idle loop. */
    public static void linger(int mostTurns) {
        int turns = ThreadLocalRandom.current().nextInt(mostTurns);
        for (int turn = 0; turn < turns; turn++) {
            Thread.onSpinWait();
        }
    }
}
