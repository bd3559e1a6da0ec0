package dev.avow.engine;

import java.time.Duration;

/**
 * How a coordinator waits and retries. Immutable.
 *
 * @param workTimeout how long the application may work before its transaction is aborted
 * @param voteTimeout how long to wait for votes before the decision to abort
 * @param tellTimeout how long commit waits for participants to carry the decision out; recovery goes on behind it
 * @param retryFirst the pause before the first repetition of something that failed; doubled each time, with jitter
 * @param retryMost the longest such pause, and the time between two looks for branches in doubt
 * @param calling in which threads participants are called
 * @param log how the log uses its directory
 * @param observer sees each protocol step
 */
public record AvowOptions(
        Duration workTimeout,
        Duration voteTimeout,
        Duration tellTimeout,
        Duration retryFirst,
        Duration retryMost,
        Calling calling,
        LogOptions log,
        Observer observer) {

    /** @throws IllegalArgumentException if one is null, a duration isn't positive, or retryFirst is longer than retryMost */
    public AvowOptions {
        requirePositive("workTimeout", workTimeout);
        requirePositive("voteTimeout", voteTimeout);
        requirePositive("tellTimeout", tellTimeout);
        requirePositive("retryFirst", retryFirst);
        requirePresent("retryMost", retryMost);
        requirePresent("calling", calling);
        requirePresent("log", log);
        if (observer == null) {
            throw new IllegalArgumentException("observer is null: use Observer.none()");
        }
        if (retryFirst.compareTo(retryMost) > 0) {
            throw new IllegalArgumentException("retryFirst is " + retryFirst + " and retryMost " + retryMost
                    + ": the first pause can't be longer");
        }
    }

    /** Work 60 s, votes and telling 30 s, retries from 100 ms to 10 s, calls side by side, the log's defaults, no observer. */
    public static AvowOptions defaults() {
        return new AvowOptions(
                Duration.ofSeconds(60),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofMillis(100),
                Duration.ofSeconds(10),
                Calling.SIDE_BY_SIDE,
                LogOptions.defaults(),
                Observer.none());
    }

    public AvowOptions withWorkTimeout(Duration timeout) {
        return new AvowOptions(timeout, voteTimeout, tellTimeout, retryFirst, retryMost, calling, log, observer);
    }

    public AvowOptions withVoteTimeout(Duration timeout) {
        return new AvowOptions(workTimeout, timeout, tellTimeout, retryFirst, retryMost, calling, log, observer);
    }

    public AvowOptions withTellTimeout(Duration timeout) {
        return new AvowOptions(workTimeout, voteTimeout, timeout, retryFirst, retryMost, calling, log, observer);
    }

    public AvowOptions withRetries(Duration first, Duration most) {
        return new AvowOptions(workTimeout, voteTimeout, tellTimeout, first, most, calling, log, observer);
    }

    public AvowOptions withCalling(Calling threads) {
        return new AvowOptions(workTimeout, voteTimeout, tellTimeout, retryFirst, retryMost, threads, log, observer);
    }

    public AvowOptions withLog(LogOptions options) {
        return new AvowOptions(
                workTimeout, voteTimeout, tellTimeout, retryFirst, retryMost, calling, options, observer);
    }

    public AvowOptions withObserver(Observer another) {
        return new AvowOptions(workTimeout, voteTimeout, tellTimeout, retryFirst, retryMost, calling, log, another);
    }

    private static void requirePresent(String name, Object option) {
        if (option == null) {
            throw new IllegalArgumentException(name + " is null: leave it out to have the default");
        }
    }

    private static void requirePositive(String name, Duration duration) {
        requirePresent(name, duration);
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(name + " is " + duration + ": use a positive duration");
        }
    }
}
