package dev.avow.simulator.disk;

/** What a disk must not do, for showing that the rules see it. */
public enum Trick {
    NONE,
    /** Says that a force is done, and does nothing. */
    LIES_ABOUT_FORCE,
    /** Lets a process keep how long an open file once was, though others have made it longer: a network file system badly mounted. */
    LENGTHS_ARE_STALE
}
