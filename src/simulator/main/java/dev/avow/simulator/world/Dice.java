package dev.avow.simulator.world;

import java.util.SplittableRandom;

/**
 * All chance in a world, from one seed. Each subject has dice of its own, so that turning one knob doesn't deal the others'
 * cards anew. SplittableRandom is SplitMix64, the same on every machine and every JDK.
 */
final class Dice {
    final SplittableRandom workload;
    final SplittableRandom network;
    final SplittableRandom crashes;
    final SplittableRandom disks;
    final SplittableRandom retries;
    final SplittableRandom events;
    final SplittableRandom clocks;
    final SplittableRandom weather;
    final SplittableRandom peers;

    Dice(long seed) {
        SplittableRandom root = new SplittableRandom(seed);
        workload = root.split();
        network = root.split();
        crashes = root.split();
        disks = root.split();
        retries = root.split();
        events = root.split();
        clocks = root.split();
        weather = root.split();
        peers = root.split();
    }

    static boolean percent(SplittableRandom random, int percent) {
        return random.nextInt(100) < percent;
    }
}
