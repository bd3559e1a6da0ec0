package dev.avow.protocol;

/**
 * The coordinator's side of one transaction: the spec's {@code coordinator}, {@code votes}, {@code acks} and
 * {@code reported} of one incarnation.
 *
 * @param state where it stands
 * @param branches how many branches were enlisted
 * @param yes who voted yes
 * @param readOnly who voted readOnly
 * @param no who voted no
 * @param committing the branches of the commit record; empty where there is none
 * @param acks who has acknowledged the commit to this incarnation
 * @param reported whose contradiction of the decision is durably reported
 */
public record Coordinator(
        CoordinatorState state,
        int branches,
        BranchSet yes,
        BranchSet readOnly,
        BranchSet no,
        BranchSet committing,
        BranchSet acks,
        BranchSet reported) {

    public Coordinator {
        if (branches < 1) {
            throw new IllegalArgumentException("a transaction with " + branches + " branches: enlist at least one");
        }
    }

    /** A new transaction. (Init) */
    public static Coordinator working(int branches) {
        return of(CoordinatorState.WORKING, branches, BranchSet.empty());
    }

    /** What a later incarnation knows that found this commit record in the log. (CoordinatorRecover) */
    public static Coordinator recovered(int branches, BranchSet committing) {
        return of(CoordinatorState.COMMITTING, branches, committing);
    }

    /** What an incarnation knows of a transaction that it holds no record of. (CoordinatorRecover, PresumedAbort) */
    public static Coordinator unknown(int branches) {
        return of(CoordinatorState.FORGOTTEN, branches, BranchSet.empty());
    }

    private static Coordinator of(CoordinatorState state, int branches, BranchSet committing) {
        BranchSet none = BranchSet.empty();
        return new Coordinator(state, branches, none, none, none, committing, none, none);
    }

    /** With the contradictions that the log holds already: they aren't reported once more. (HeuristicReported) */
    public Coordinator withReports(BranchSet durable) {
        return new Coordinator(state, branches, yes, readOnly, no, committing, acks, durable);
    }

    /** Whether the specification enables this step in this state. */
    public boolean allows(CoordinatorStep step) {
        return step.isAllowedIn(this);
    }

    /**
     * Takes one step.
     *
     * @throws ProtocolViolation if the specification doesn't enable it here
     */
    public Transition<Coordinator> step(CoordinatorStep step) {
        if (!allows(step)) {
            throw new ProtocolViolation(step, this);
        }
        return step.takenIn(this);
    }

    /** Whether everyone has voted, and nobody no. */
    public boolean nobodyRefuses() {
        // Each branch has one vote at most: whoever voted no is missing here.
        return yes.size() + readOnly.size() == branches;
    }

    boolean hasVoted(int branch) {
        return yes.contains(branch) || readOnly.contains(branch) || no.contains(branch);
    }

    /** Whether it must hear of the commit, and hasn't acknowledged it. */
    boolean isUntold(int branch) {
        return committing.contains(branch) && !acks.contains(branch);
    }

    boolean is(CoordinatorState wanted) {
        return state == wanted;
    }

    /** Whether the decision is known here, by record or by presumption. (AnswerOnlyDecided) */
    boolean isDecided() {
        return is(CoordinatorState.COMMITTING) || presumesAbort();
    }

    boolean presumesAbort() {
        return is(CoordinatorState.ABORTED) || is(CoordinatorState.FORGOTTEN);
    }

    Coordinator in(CoordinatorState next) {
        return new Coordinator(next, branches, yes, readOnly, no, committing, acks, reported);
    }

    Coordinator withVote(int branch, Vote vote) {
        return new Coordinator(
                state,
                branches,
                vote == Vote.YES ? yes.with(branch) : yes,
                vote == Vote.READ_ONLY ? readOnly.with(branch) : readOnly,
                vote == Vote.NO ? no.with(branch) : no,
                committing,
                acks,
                reported);
    }

    Coordinator committing(BranchSet record) {
        return new Coordinator(CoordinatorState.COMMITTING, branches, yes, readOnly, no, record, acks, reported);
    }

    Coordinator withAck(int branch) {
        return new Coordinator(state, branches, yes, readOnly, no, committing, acks.with(branch), reported);
    }

    Coordinator withReport(int branch) {
        return new Coordinator(state, branches, yes, readOnly, no, committing, acks, reported.with(branch));
    }
}
