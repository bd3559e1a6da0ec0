package dev.avow.xa;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What to look at before a coordinator is opened: whether its databases can keep what their branches promise. Warnings go
 * to the log, once for each database.
 */
public final class Preflight {
    private static final Logger LOG = LoggerFactory.getLogger(Preflight.class);

    /**
     * Looks at all that are databases, side by side. One that can't be reached in time is let pass: its own look comes with
     * its first connection, and refuses that if it must. An interrupt ends the looking and is set again.
     *
     * @param atMost how long to wait for all together
     * @throws UnfitResourceException if one can't keep a prepared branch, if its user may not recover, or if two of them
     *     are one database
     */
    public static void check(Collection<XaParticipant> participants, Duration atMost) {
        long deadlineNanos = System.nanoTime() + atMost.toNanos();
        Map<XaParticipant, FutureTask<Optional<Fitness>>> looks = new LinkedHashMap<>();
        participants.forEach(each -> looks.put(each, started(each)));
        Map<String, String> databases = new LinkedHashMap<>();
        looks.forEach((participant, look) -> found(participant, look, deadlineNanos)
                .ifPresent(fitness -> requireOther(databases, fitness.identity(), participant.name())));
    }

    private static FutureTask<Optional<Fitness>> started(XaParticipant participant) {
        FutureTask<Optional<Fitness>> look = new FutureTask<>(participant::fitness);
        Thread thread = new Thread(look, "avow-preflight-" + participant.name());
        thread.setDaemon(true);
        thread.start();
        return look;
    }

    private static Optional<Fitness> found(
            XaParticipant participant, FutureTask<Optional<Fitness>> look, long deadlineNanos) {
        try {
            return look.get(Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof UnfitResourceException unfit) {
                throw unfit;
            }
            LOG.warn(
                    "\"{}\" can't be reached yet, and will be looked at when it is: {}",
                    participant.name(),
                    String.valueOf(failure.getCause()));
        } catch (TimeoutException slow) {
            LOG.warn("\"{}\" hasn't answered yet, and will be looked at when it does", participant.name());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return Optional.empty();
    }

    private static void requireOther(Map<String, String> databases, String identity, String name) {
        String other = databases.putIfAbsent(identity, name);
        if (other != null) {
            throw new UnfitResourceException("\"" + other + "\" and \"" + name + "\" are one database (" + identity
                    + "): register it under one name, and use that for both. A transaction with two branches there would"
                    + " wait for its own locks");
        }
    }

    private Preflight() {}
}
