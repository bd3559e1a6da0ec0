package dev.avow.simulator;

/**
 * One line of a transcript.
 *
 * @param step the number of the event to which it belongs
 * @param nanos when it happened, in the world's time
 * @param lane the process
 * @param transaction the transaction's name; empty if it concerns none
 * @param what what happened
 */
public record TraceEntry(long step, long nanos, String lane, String transaction, What what) {

    /** What can happen. */
    public sealed interface What {}

    /**
     * A message leaves; it arrives at an {@link Arrived} of the same number, maybe more than once, or never.
     *
     * @param message its number in the run
     */
    public record Sent(long message, String to, String label) implements What {
        @Override
        public String toString() {
            return "sends " + label + " to " + to + " (#" + message + ")";
        }
    }

    /** A message arrives. */
    public record Arrived(long message, String from, String label) implements What {
        @Override
        public String toString() {
            return "receives " + label + " from " + from + " (#" + message + ")";
        }
    }

    /** A message doesn't arrive. */
    public record Lost(long message, String to, String why) implements What {
        @Override
        public String toString() {
            return "message #" + message + " to " + to + " is lost: " + why;
        }
    }

    /** A step of the protocol under its spec name, and the state that it leads to. */
    public record Stepped(String action, String state) implements What {
        @Override
        public String toString() {
            return action + " -> " + state;
        }
    }

    /** Something is durable. */
    public record Forced(String record) implements What {
        @Override
        public String toString() {
            return "forces " + record;
        }
    }

    /** The process ends. */
    public record Crashed(String how) implements What {
        @Override
        public String toString() {
            return "crashes: " + how;
        }
    }

    /** The process is back. */
    public record Restarted(String with) implements What {
        @Override
        public String toString() {
            return "opens " + with;
        }
    }

    /** Something else that explains what follows. */
    public record Noted(String text) implements What {
        @Override
        public String toString() {
            return text;
        }
    }

    /** A part of the run begins. */
    public record Phase(String text) implements What {
        @Override
        public String toString() {
            return "--- " + text;
        }
    }

    /** The step broke a rule. */
    public record Broken(Rule rule, String text) implements What {
        @Override
        public String toString() {
            return rule.specName() + " IS BROKEN: " + text;
        }
    }

    @Override
    public String toString() {
        String about = transaction.isEmpty() ? "" : transaction + " ";
        return String.format("%6d %10.3f ms  %-15s %s%s", step, nanos / 1e6, lane, about, what);
    }
}
