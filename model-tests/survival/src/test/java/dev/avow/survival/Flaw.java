package dev.avow.survival;

/** A broken variant, by which the audit shows that it can fail. */
enum Flaw {
    NONE,
    /** The coordinator's log keeps in memory what it should force. (DecisionDurable) */
    LOG_FORCES_NOTHING,
    /** The store's log keeps in memory what it should force. (VoteDurable) */
    STORE_FORCES_NOTHING,
    /** The payments acknowledge a commit before they make it: at the next one's. (ForgetAfterAcks) */
    PAYMENTS_ACKNOWLEDGE_EARLY
}
