package dev.avow.engine.run;

import dev.avow.engine.Participant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which participants don't carry out what they are told. It says so once, when the first of a participant's tasks fails,
 * and once more when the last of them has succeeded: what lies between are repetitions.
 */
final class Reachability {
    private static final Logger LOG = LoggerFactory.getLogger(Reachability.class);

    /** What fails at each participant, by name; one without failures isn't there. Changed under the lock of this. */
    private final Map<String, Set<Object>> failing = new ConcurrentHashMap<>();

    /** Returns whether that was news. */
    synchronized boolean failed(Participant participant, Object task, Throwable failure) {
        boolean news = !failing.containsKey(participant.name());
        failing.computeIfAbsent(participant.name(), name -> new HashSet<>()).add(task);
        if (news) {
            LOG.warn(
                    "\"{}\" doesn't carry out what it is told; trying again until it does",
                    participant.name(),
                    failure);
        }
        return news;
    }

    /** Returns whether that was news. */
    boolean succeeded(Participant participant, Object task) {
        // Nearly always so, and on every commit's way: no lock for that.
        return failing.containsKey(participant.name()) && lastSucceeded(participant, task);
    }

    private synchronized boolean lastSucceeded(Participant participant, Object task) {
        Optional<Set<Object>> tasks = Optional.ofNullable(failing.get(participant.name()));
        boolean news =
                tasks.filter(failed -> failed.remove(task) && failed.isEmpty()).isPresent();
        if (news) {
            failing.remove(participant.name());
            LOG.info("\"{}\" carries out again what it is told", participant.name());
        }
        return news;
    }
}
