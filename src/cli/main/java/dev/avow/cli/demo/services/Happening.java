package dev.avow.cli.demo.services;

/**
 * Something that happened to a process.
 *
 * @param micros when, since 1970
 */
record Happening(long micros, Victim victim, What what, long pid) {
    enum What {
        KILLED,
        STARTED,
        PAUSED,
        RESUMED
    }
}
