package dev.avow.simulator.disk;

/** The process has ended in the middle of whatever it was doing: nothing that it does from here on counts. */
public final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Crash() {
        super("the simulated process has crashed", null, false, false);
    }
}
