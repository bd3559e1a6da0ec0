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

    /**
     * Returns whether that was news.
     *
     * @param words the task, as a person calls it
     */
    synchronized boolean failed(Participant participant, Object task, String words, Throwable failure) {
        boolean news = !failing.containsKey(participant.name());
        failing.computeIfAbsent(participant.name(), name -> new HashSet<>()).add(task);
        if (news) {
            LOG.warn(
                    "\"{}\" fails at {}; trying again until it succeeds. avow status tells how far that is. It says: {}",
                    participant.name(),
                    words,
                    Words.of(failure));
            LOG.debug("\"{}\" fails at {}", participant.name(), words, failure);
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
            LOG.info("\"{}\" answers again, and has nothing left that it had failed at", participant.name());
        }
        return news;
    }
}
