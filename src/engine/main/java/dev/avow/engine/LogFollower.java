package dev.avow.engine;

import dev.avow.engine.log.Following;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads a coordinator's log as it grows, without a lock and without changing anything. To be used by one thread.
 *
 * <p>Nothing that lasts is missed, also across turnovers and restarts. What began and was forgotten between two looks
 * within which the segment was replaced shows as its outcome alone.
 */
public final class LogFollower {
    /**
     * Something that stands in the log.
     *
     * @param id the transaction
     * @param name the user's own name for it; its id in words where the log doesn't say
     * @param kind commit, end, outcome, heuristic, settled or resolved
     * @param words what it says
     */
    public record Entry(TransactionId id, String name, String kind, String words) {}

    private final Following following;

    private LogFollower(Following following) {
        this.following = following;
    }

    /**
     * What stands there at the first look counts as known.
     *
     * @throws LogException as {@link LogInspection#of}
     */
    public static LogFollower of(Path directory) {
        return new LogFollower(Following.of(directory));
    }

    /**
     * What has come since the last call, in its order.
     *
     * @throws LogDamagedException if the log is damaged
     * @throws LogException as {@link LogInspection#of}
     */
    public List<Entry> poll() {
        return following.poll();
    }
}
