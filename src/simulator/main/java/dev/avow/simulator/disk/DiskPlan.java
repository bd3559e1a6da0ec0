package dev.avow.simulator.disk;

/**
 * What will go wrong for one process on its disk, and when.
 *
 * @param crashAt at which point of its life it crashes: each file operation has three, before, in and after it
 * @param failWriteAt which of its writes fails
 * @param failForceAt which of its forces fails
 * @param forEver whether all later ones of that kind fail too
 */
public record DiskPlan(int crashAt, int failWriteAt, int failForceAt, boolean forEver) {
    /** Later than anything happens. */
    public static final int NEVER = Integer.MAX_VALUE;

    /** Nothing goes wrong. */
    public static DiskPlan calm() {
        return new DiskPlan(NEVER, NEVER, NEVER, false);
    }
}
