package dev.avow.grpc;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;

/**
 * How a participant serves other processes' transactions. Immutable.
 *
 * @param directory for its durable state: its own, kept across restarts; created if it isn't there
 * @param identity who it is to its coordinators, and by what it knows them
 * @param workTimeout how long a branch may wait for its coordinator's first order before it is aborted
 * @param patience how long an answer of a coordinator or another participant may take
 * @param silence how long a branch may be in doubt, without an order, before the participant asks by itself
 * @param mostOpenBranchesPerClient how many branches that haven't been ordered anything yet one identity may have here
 * @param coordinators which addresses of coordinators, as callers name them, may be called
 */
public record ParticipantOptions(
        Path directory,
        Identity identity,
        Duration workTimeout,
        Duration patience,
        Duration silence,
        int mostOpenBranchesPerClient,
        Predicate<String> coordinators) {

    /** @throws IllegalArgumentException if one is null, or a duration or the number of branches isn't positive */
    public ParticipantOptions {
        if (directory == null || identity == null || coordinators == null) {
            throw new IllegalArgumentException("directory, identity or coordinators is null: each has to be given");
        }
        requirePositive("workTimeout", workTimeout);
        requirePositive("patience", patience);
        requirePositive("silence", silence);
        if (mostOpenBranchesPerClient < 1) {
            throw new IllegalArgumentException(
                    "mostOpenBranchesPerClient is " + mostOpenBranchesPerClient + ": use 1 or more");
        }
    }

    /**
     * Work timeout 1 min, patience 5 s, silence 5 s, 10,000 open branches for each client, coordinators at any address: with
     * TLS their certificate counts, in plain text they are on this machine.
     */
    public static ParticipantOptions of(Path directory, Identity identity) {
        return new ParticipantOptions(
                directory,
                identity,
                Duration.ofMinutes(1),
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                10_000,
                address -> true);
    }

    public ParticipantOptions withWorkTimeout(Duration timeout) {
        return new ParticipantOptions(
                directory, identity, timeout, patience, silence, mostOpenBranchesPerClient, coordinators);
    }

    public ParticipantOptions withPatience(Duration another) {
        return new ParticipantOptions(
                directory, identity, workTimeout, another, silence, mostOpenBranchesPerClient, coordinators);
    }

    public ParticipantOptions withSilence(Duration another) {
        return new ParticipantOptions(
                directory, identity, workTimeout, patience, another, mostOpenBranchesPerClient, coordinators);
    }

    public ParticipantOptions withMostOpenBranchesPerClient(int most) {
        return new ParticipantOptions(directory, identity, workTimeout, patience, silence, most, coordinators);
    }

    /** Only at these addresses; what is refused so is counted. */
    public ParticipantOptions withCoordinators(Predicate<String> addresses) {
        return new ParticipantOptions(
                directory, identity, workTimeout, patience, silence, mostOpenBranchesPerClient, addresses);
    }

    private static void requirePositive(String name, Duration duration) {
        if (duration == null || duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(name + " is " + duration + ": use a positive duration");
        }
    }
}
