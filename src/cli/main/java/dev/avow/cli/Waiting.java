package dev.avow.cli;

import dev.avow.cli.terminal.Ages;
import dev.avow.engine.Pending;
import dev.avow.engine.Pending.Task;
import dev.avow.engine.TransactionId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Something that isn't done yet, as avow status shows it.
 *
 * @param since when it began, if anyone knows
 * @param attempts how often it was tried; 0 if nobody tries
 * @param failure why it isn't done yet
 * @param next when it is tried again
 */
record Waiting(
        Task task,
        Optional<TransactionId> id,
        String name,
        String participant,
        Optional<Instant> since,
        int attempts,
        Optional<String> failure,
        Optional<Instant> next) {

    /** From what a coordinator wrote at that time. */
    static Waiting of(Pending pending, Instant written) {
        Optional<Instant> since = pending.since()
                .or(() -> pending.older() || pending.task() == Task.DECIDE
                        ? Optional.empty()
                        : Optional.of(written.minus(pending.age())));
        return new Waiting(
                pending.task(),
                pending.id(),
                pending.name(),
                pending.participant(),
                since,
                pending.attempts(),
                pending.failure(),
                pending.next().map(written::plus));
    }

    String what() {
        return switch (task) {
            case COMMIT -> "commit, to be told to " + participant;
            case ABORT -> "abort, to be told to " + participant;
            case LOOK -> participant + " doesn't say what it is in doubt about";
            case DECIDE -> "undecided until the log is opened again";
        };
    }

    String age(Instant now) {
        return since.map(began -> "since " + Ages.of(Duration.between(began, now)))
                .orElse(task == Task.DECIDE ? "" : "since an earlier start");
    }

    String tried(Instant now) {
        String times = attempts == 1 ? "tried once" : "tried " + attempts + " times";
        String again = next.map(at -> ", next in " + Ages.of(Duration.between(now, at)))
                .orElse(attempts == 0 ? "" : ", under way");
        return attempts == 0 ? "" : times + again;
    }
}
