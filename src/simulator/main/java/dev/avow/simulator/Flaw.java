package dev.avow.simulator;

import java.util.Optional;

/** One thing done wrongly on purpose: shows that the rules see it. */
public enum Flaw {
    /** Nothing is done wrongly. */
    NONE(Optional.empty()),
    COMMITS_WITH_A_VOTE_MISSING(Rule.AGREEMENT),
    COMMITS_DESPITE_A_NO(Rule.REPLY_TRUE),
    ANSWERS_FROM_MEMORY_ONLY(Rule.AGREEMENT),
    VOTES_BEFORE_THE_FORCE(Rule.VOTE_DURABLE),
    ABORTS_ALONE_IN_DOUBT(Rule.NO_REGRET),
    SENDS_COMMIT_BEFORE_THE_FORCE(Rule.DECISION_DURABLE),
    TELLS_THE_CALLER_BEFORE_THE_FORCE(Rule.REPLY_TRUE),
    TAKES_A_FAILED_FORCE_FOR_AN_ABORT(Rule.PRESUMED_ABORT),
    FORCES_AN_ABORT(Rule.PRESUMED_ABORT),
    ANSWERS_WHILE_DECIDING(Rule.ANSWER_ONLY_DECIDED),
    PRESUMES_FOR_ITS_PEERS(Rule.PEERS_NEVER_PRESUME),
    ANSWERS_A_PEER_AND_VOTES_YES(Rule.PEERS_NEVER_PRESUME),
    ACKS_BEFORE_THE_FORCE(Rule.FORGET_AFTER_ACKS),
    FORGETS_BEFORE_THE_LAST_ACK(Rule.FORGET_AFTER_ACKS),
    COUNTS_READ_ONLY_AS_ACK(Rule.FORGET_AFTER_ACKS),
    LOSES_THE_PARTICIPANT_LIST(Rule.FORGET_AFTER_ACKS),
    VOTES_YES_FOR_UNKNOWN_WORK(Rule.UNKNOWN_VOTES_NO),
    READS_A_STALE_FENCE(Rule.FENCED),
    FORGETS_DAMAGE_UNREPORTED(Rule.HEURISTIC_REPORTED),
    REPORTS_DAMAGE_TO_NOBODY(Rule.HEURISTIC_REPORTED),
    TAKES_UNKNOWN_FOR_ABORTED(Rule.REPLY_TRUE),
    DISK_OF_COORDINATORS_LIES(Rule.DECISION_DURABLE),
    DISK_OF_PARTICIPANTS_LIES(Rule.VOTE_DURABLE),
    REFUSES_A_LEGAL_ABORT(Rule.TERMINATION),
    NEVER_ASKS(Rule.TERMINATION),
    NEVER_TELLS_WHAT_IT_RECOVERS(Rule.TERMINATION);

    private final Optional<Rule> breaks;

    Flaw(Rule breaks) {
        this(Optional.of(breaks));
    }

    Flaw(Optional<Rule> breaks) {
        this.breaks = breaks;
    }

    /** The rule that it breaks; empty if there is no flaw. */
    public Optional<Rule> breaks() {
        return breaks;
    }
}
