package dev.avow.cli.demo.services;

import java.time.Duration;

/**
 * How long the processes wait for each other: seconds, where an application would say half a minute, since here they are
 * killed all the time.
 */
public final class Timing {
    /** For an answer to the coordinator. */
    static final Duration PATIENCE = Duration.ofSeconds(2);
    /** How long a paused process is paused: longer than anybody's patience. */
    static final Duration PAUSE = Duration.ofSeconds(3);
    /** For the coordinator's first order about some work. */
    static final Duration WORK_TIMEOUT = Duration.ofSeconds(5);

    static final Duration FIRST_RETRY = Duration.ofMillis(50);
    static final Duration MOST_BETWEEN_RETRIES = Duration.ofSeconds(1);
    /** For all to be told, once everything is up. */
    static final Duration SETTLING = Duration.ofSeconds(60);

    private Timing() {}
}
