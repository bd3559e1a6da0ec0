package dev.avow.cli.demo;

/** Where a process is halted in the middle of a commit. */
public enum HaltPoint {
    /** The commit record is forced, and nobody has been told. */
    AFTER_COMMIT_RECORD("CoordinatorDecideCommit", 1),
    /** Both participants have voted yes, and nothing is decided. */
    AFTER_VOTES("CoordinatorReceiveVote", 2);

    private final String action;
    private final int times;

    HaltPoint(String action, int times) {
        this.action = action;
        this.times = times;
    }

    /** The step, under its name in the specification. */
    public String action() {
        return action;
    }

    /** At which observation of it. */
    int times() {
        return times;
    }
}
