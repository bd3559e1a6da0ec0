package dev.avow.engine;

/** The work was settled without the coordinator, by an operator or by the resource itself: a heuristic outcome. */
public final class HeuristicException extends Exception {
    private static final long serialVersionUID = 1L;

    private final BranchEnding ending;

    /**
     * @param ending one of the HEURISTIC_ constants
     * @param message what the resource says of it
     */
    public HeuristicException(BranchEnding ending, String message) {
        super(message);
        if (!ending.isHeuristic()) {
            throw new IllegalArgumentException(ending + " is no heuristic ending: use one of the HEURISTIC_ constants");
        }
        this.ending = ending;
    }

    public BranchEnding ending() {
        return ending;
    }
}
