package dev.avow.engine;

/**
 * How a recent transaction ended, for a caller that lost its reply. Immutable.
 *
 * @param id the transaction
 * @param name the user's own name for it
 * @param ending what was decided
 */
public record RememberedOutcome(TransactionId id, String name, Ending ending) {

    /** The coordinator's decision; each stands in the log under {@link #code()}. */
    public enum Ending {
        COMMITTED(1),
        ABORTED(2);

        private final int code;

        Ending(int code) {
            this.code = code;
        }

        /** The byte that stands for it on disk. It never changes, whatever the order of these constants. */
        public int code() {
            return code;
        }
    }

    /** @throws IllegalArgumentException if the name is blank or too long */
    public RememberedOutcome {
        LoggedNames.require("transaction's name", name);
    }
}
