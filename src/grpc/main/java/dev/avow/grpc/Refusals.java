package dev.avow.grpc;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was refused to others, by kind. The first of a kind from one peer is logged, all are counted: whoever knocks without end
 * fills no disk. Safe for any number of threads.
 */
public final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

    /** Peers choose some of their names themselves: from then on a kind's next ones are counted alone. */
    private static final int MOST_LOGGED_OF_A_KIND = 100;

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final int LONGEST = 500;

    /** Why somebody was refused. */
    public enum Kind {
        /** A certificate that no trusted root vouches for, or that isn't one for this use. */
        FOREIGN_CERTIFICATE,
        /** A certificate that isn't valid any more, or not yet. */
        EXPIRED_CERTIFICATE,
        /** A trusted certificate of another than the one that was expected. */
        WRONG_IDENTITY,
        /** A call without TLS where TLS is asked for, or in plain text from another machine. */
        UNPROTECTED,
        /** An address of a coordinator that this participant may not call. */
        FOREIGN_ADDRESS,
        /** A transaction's id, in a call or an order, whose coordinator is another identity. */
        FORGED_TRANSACTION,
        /** An order about a coordinator that this participant has never worked for. */
        UNKNOWN_COORDINATOR,
        /** An enlistment in a transaction that isn't at work: it has ended, was lost in a restart, or never was. */
        UNKNOWN_TRANSACTION,
        /** Headers or a message that can't be read. */
        MALFORMED,
        /** A message or headers larger than allowed. */
        OVERSIZED,
        /** More open branches, or more coordinators, than one client may have. */
        TOO_MANY
    }

    private final Map<Kind, LongAdder> counts = new EnumMap<>(Kind.class);
    private final Map<Kind, Set<String>> logged = new EnumMap<>(Kind.class);

    Refusals() {
        for (Kind kind : Kind.values()) {
            counts.put(kind, new LongAdder());
            logged.put(kind, ConcurrentHashMap.newKeySet());
        }
    }

    /** How many of this kind there were since the identity was made. */
    public long refused(Kind kind) {
        return adder(kind).sum();
    }

    /**
     * Counts one.
     *
     * @param peer who was refused: a name, or the address without its port
     * @param what for people; without anything that the peer alone may know
     */
    void count(Kind kind, String peer, String what) {
        adder(kind).increment();
        Set<String> known = logged.getOrDefault(kind, Set.of());
        if (known.size() < MOST_LOGGED_OF_A_KIND && known.add(peer)) {
            LOG.warn(
                    "Refused ({}) {}: {}. More of this kind from there are counted, not logged",
                    kind,
                    harmless(peer),
                    harmless(what));
        }
    }

    /** Peers choose parts of it: a line stays one line, and short. */
    private static String harmless(String text) {
        String line = CONTROL.matcher(text).replaceAll("?");
        return line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
    }

    private LongAdder adder(Kind kind) {
        return counts.getOrDefault(kind, new LongAdder());
    }
}
