package dev.avow.cli.demo.services;

/** What the shop says of an order. */
public enum Ending {
    COMMITTED,
    /** Aborted, since the payment service wanted so. */
    REFUSED,
    /** Aborted for another reason: it may be placed again, or given up. */
    ABORTED,
    /** Nobody can say yet: it must be asked for again, and not just placed again. */
    UNKNOWN,
    /** A service has settled its part otherwise than decided: a person must see to it. */
    HEURISTIC;

    boolean isLast() {
        return switch (this) {
            case COMMITTED, REFUSED, HEURISTIC -> true;
            case ABORTED, UNKNOWN -> false;
        };
    }
}
