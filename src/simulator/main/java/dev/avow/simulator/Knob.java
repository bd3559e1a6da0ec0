package dev.avow.simulator;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What can be set about a simulated world. */
public enum Knob {
    PARTICIPANTS(1, 16, 4, "participants"),
    COORDINATORS(1, 8, 2, "coordinators, each with its own log"),
    TRANSACTIONS(1, 10_000, 60, "transactions in each run"),
    CRASHES(0, 1_000, 40, "crashes for about every 100 transactions"),
    LOSSES(0, 90, 5, "percent of messages lost"),
    REPEATS(0, 90, 5, "percent of messages repeated"),
    PARTITIONS(0, 100, 2, "times that the network is cut in two"),
    DISK_FAULTS(0, 100, 15, "percent of processes that meet a failing write or force; and a full disk at times"),
    DAMAGE(0, 100, 20, "percent of power losses that damage a sector"),
    TAKEOVERS(0, 100, 3, "times that a new coordinator starts while the former one lives"),
    ALONE(0, 100, 2, "percent of inquiries after which a participant decides alone"),
    PEERS(0, 100, 30, "percent of inquiries that also go to the other participants"),
    READ_ONLY(0, 100, 15, "percent of branches that only read"),
    REFUSALS(0, 100, 4, "percent of branches that refuse, and of transactions that the application aborts"),
    CLOCK_JUMPS(0, 100, 2, "times that a clock jumps");

    private final int least;
    private final int most;
    private final int usual;
    private final String meaning;

    Knob(int least, int most, int usual, String meaning) {
        this.least = least;
        this.most = most;
        this.usual = usual;
        this.meaning = meaning;
    }

    public int least() {
        return least;
    }

    public int most() {
        return most;
    }

    /** Where it stands unless someone turns it. */
    public int usual() {
        return usual;
    }

    public String meaning() {
        return meaning;
    }

    /** As it is written in {@link Settings}: {@code disk-faults}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Knob> of(String word) {
        return Arrays.stream(values()).filter(knob -> knob.word().equals(word)).findFirst();
    }
}
