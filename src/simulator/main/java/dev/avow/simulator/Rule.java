package dev.avow.simulator;

/** The protocol's rules under their spec names. A world stops at the first step that breaks one. */
public enum Rule {
    AGREEMENT("Agreement", "No two participants ever act on different decisions."),
    VOTE_DURABLE("VoteDurable", "A yes vote leaves only after the prepared record is durable."),
    NO_REGRET("NoRegret", "After a yes vote a participant never decides alone."),
    DECISION_DURABLE("DecisionDurable", "A commit leaves only after the commit record is durable."),
    PRESUMED_ABORT("PresumedAbort", "No record means abort; nothing is forced for an abort."),
    ANSWER_ONLY_DECIDED("AnswerOnlyDecided", "An inquiry about a live, undecided transaction gets no answer."),
    PEERS_NEVER_PRESUME(
            "PeersNeverPresume", "A participant tells its peers what it knows to be decided, never the presumption."),
    FORGET_AFTER_ACKS(
            "ForgetAfterAcks",
            "A commit record is forgotten only after every participant has durably committed and said so."),
    UNKNOWN_VOTES_NO(
            "UnknownVotesNo",
            "A prepare, first or repeated, for work that the participant doesn't hold is answered no."),
    FENCED("Fenced", "What the last incarnation read in the log stays true: no earlier one has appended since."),
    HEURISTIC_REPORTED(
            "HeuristicReported",
            "A contradicted decision of a participant alone is reported before anyone forgets it."),
    REPLY_TRUE("ReplyTrue", "The caller is never told something that isn't so, and \"unknown\" when nobody can say."),
    TERMINATION("Termination", "If every crashed node comes back, every participant learns the decision.");

    private final String specName;
    private final String sentence;

    Rule(String specName, String sentence) {
        this.specName = specName;
        this.sentence = sentence;
    }

    public String specName() {
        return specName;
    }

    public String sentence() {
        return sentence;
    }
}
