package dev.avow.cli.diagram;

/** What the network did with a message. */
public enum Fate {
    /** Arrived before anything else happened, once. */
    DELIVERED,
    /** Never arrives. */
    LOST,
    /** Arrives at a later {@link Step.Arrival}; without one it was still on its way when the run ended. */
    DELAYED,
    /** Arrived at once, and again: at a later {@link Step.Arrival}, or at once too if there is none. */
    REPEATED;

    /** Whether an {@link Step.Arrival} may name a message with this fate. */
    boolean mayArriveLater() {
        return switch (this) {
            case DELAYED, REPEATED -> true;
            case DELIVERED, LOST -> false;
        };
    }
}
