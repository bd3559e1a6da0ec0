package dev.avow.simulator.disk;

/** What a disk must not do, for showing that the rules see it. */
public enum Trick {
    NONE,
    /** Says that a force is done, and does nothing. */
    LIES_ABOUT_FORCE,
    /** Lets a process read from a cache of its own what others have overwritten: a network file system badly mounted. */
    READS_ARE_STALE
}
