package dev.avow.protocol;

/**
 * A participant's side of one branch: the spec's {@code participant} of one of them.
 *
 * @param branch the branch's number
 * @param state where it stands
 */
public record Participant(int branch, ParticipantState state) {
    /** A branch in which the application works. (Init) */
    public static Participant working(int branch) {
        return new Participant(branch, ParticipantState.WORKING);
    }

    /** What a participant knows after a crash, by its durable record. (ParticipantRecover) */
    public static Participant recovered(int branch, DiskRecord disk) {
        ParticipantState state = switch (disk) {
            // The work went with the crash, or has ended: a prepare must hear that it isn't there. (UnknownVotesNo)
            case NOTHING, COMMITTED, ABORTED, MIXED -> ParticipantState.LOST;
            case PREPARED -> ParticipantState.PREPARED;
            case HEURISTIC_COMMITTED -> ParticipantState.HEURISTIC_COMMITTED;
            case HEURISTIC_ABORTED -> ParticipantState.HEURISTIC_ABORTED;
        };
        return new Participant(branch, state);
    }

    /** Whether the specification enables this step in this state. */
    public boolean allows(ParticipantStep step) {
        return step.isAllowedIn(this);
    }

    /**
     * Takes one step.
     *
     * @throws ProtocolViolation if the specification doesn't enable it here
     */
    public Transition<Participant> step(ParticipantStep step) {
        if (!allows(step)) {
            throw new ProtocolViolation(step, this);
        }
        return step.takenIn(this);
    }

    boolean is(ParticipantState wanted) {
        return state == wanted;
    }

    boolean holdsHeuristic() {
        return is(ParticipantState.HEURISTIC_COMMITTED) || is(ParticipantState.HEURISTIC_ABORTED);
    }

    /** Whether it holds nothing of the transaction that could still be committed or aborted. */
    boolean holdsNothing() {
        return is(ParticipantState.COMMITTED)
                || is(ParticipantState.ABORTED)
                || is(ParticipantState.LOST)
                || is(ParticipantState.READ_ONLY)
                || is(ParticipantState.MIXED);
    }

    Participant in(ParticipantState next) {
        return new Participant(branch, next);
    }
}
