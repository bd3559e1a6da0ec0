package dev.avow.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/**
 * What a command finds around it.
 *
 * @param out where its results go
 * @param clock the time of day
 * @param user who runs it
 * @param pause waits before the next look at something that changes
 * @param terminal asks a person a question and gives the answer; empty where nobody could answer
 */
record Surroundings(
        PrintWriter out, Clock clock, String user, Runnable pause, Optional<UnaryOperator<String>> terminal) {
    private static final long PAUSE_NANOS = 500_000_000;

    static Surroundings of(PrintWriter out) {
        return new Surroundings(
                out,
                Clock.systemUTC(),
                System.getProperty("user.name", "unknown"),
                () -> LockSupport.parkNanos(PAUSE_NANOS),
                Optional.ofNullable(System.console()).map(Surroundings::asking));
    }

    private static UnaryOperator<String> asking(Console console) {
        return question -> Optional.ofNullable(console.readLine("%s", question)).orElse("");
    }
}
