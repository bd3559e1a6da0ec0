package dev.avow.cli.demo.services;

/** What the processes and their parent say to each other, one line for each thing, its parts separated by tabs. */
final class Lines {
    static final String SEPARATOR = "\t";

    /** A process: it is up. */
    static final String READY = "ready";
    /** The parent: place this order. Then the order. */
    static final String PLACE = "place";
    /** The parent: say when everything is told to everybody. */
    static final String SETTLE = "settle";
    /** The shop: so an order ended. Then its id, the ending and words. */
    static final String ENDED = "ended";
    /** The shop: everything is told. */
    static final String SETTLED = "settled";
    /** The shop: not everything could be told in time. Then words. */
    static final String UNSETTLED = "unsettled";
    /** The shop: this happened. Then the time in microseconds since 1970, and a sighting. */
    static final String SAW = "saw";

    private Lines() {}

    static String of(String... parts) {
        return String.join(SEPARATOR, parts);
    }
}
