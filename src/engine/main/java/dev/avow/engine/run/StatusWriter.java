package dev.avow.engine.run;

import dev.avow.engine.CoordinatorStatus;
import dev.avow.engine.LogException;
import dev.avow.engine.Pending;
import dev.avow.engine.Pending.Task;
import dev.avow.engine.TransactionId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the file {@code status} beside the log up to date, on the timer and thus on no commit's way. A healthy
 * coordinator's is written once: what is done within a moment doesn't appear in it.
 */
final class StatusWriter {
    private static final Logger LOG = LoggerFactory.getLogger(StatusWriter.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** Which thing to do, across restarts. A transaction's parts began together, and a restart tells all of them again. */
    private record Known(Task task, Optional<TransactionId> id, String participant) {
        static Known of(Pending pending) {
            return new Known(pending.task(), pending.id(), pending.id().isPresent() ? "" : pending.participant());
        }
    }

    /** What makes a new file worth its writing: ages and pauses go on by themselves. */
    private record Shown(Known known, String participant, int attempts, Optional<String> failure, boolean waits) {
        static Shown of(Pending pending) {
            return new Shown(
                    Known.of(pending),
                    pending.participant(),
                    pending.attempts(),
                    pending.failure(),
                    pending.next().isPresent());
        }
    }

    private final Engine engine;
    private final StatusFile file;
    private final Map<Known, Instant> earlier = new HashMap<>();
    /** Guarded by this, like all below. */
    private Optional<List<Object>> shown = Optional.empty();

    private boolean keptAtClose;
    private boolean failureTold;
    private boolean closed;

    StatusWriter(Engine engine, Path directory) {
        this.engine = engine;
        this.file = StatusFile.in(directory);
    }

    /** Takes over since when what an earlier start has left behind is known, and writes from now on. */
    void start() {
        file.read().ifPresent(this::rememberAges);
        update();
        engine.workers().after(PAUSE, this::tick);
    }

    private void rememberAges(CoordinatorStatus status) {
        status.pending()
                .forEach(each -> earlier.put(
                        Known.of(each),
                        each.since().orElseGet(() -> status.written().minus(each.age()))));
    }

    private void tick() {
        try {
            update();
        } finally {
            engine.workers().after(PAUSE, this::tick);
        }
    }

    private void update() {
        // Outside the lock: it may wait a moment, and a close mustn't wait for that.
        List<Pending> pending = engine.pending().stream()
                .filter(each ->
                        each.failure().isPresent() || each.older() || each.age().compareTo(PAUSE) > 0)
                .map(this::withAge)
                .toList();
        Optional<String> stopped = engine.stopped().map(LogException::getMessage);
        List<Object> now = List.of(stopped, pending.stream().map(Shown::of).toList());
        synchronized (this) {
            if (!closed && !shown.equals(Optional.of(now))) {
                write(stopped, pending);
                shown = Optional.of(now);
            }
        }
    }

    private Pending withAge(Pending pending) {
        return pending.older()
                ? Optional.ofNullable(earlier.get(Known.of(pending)))
                        .map(pending::begun)
                        .orElse(pending)
                : pending;
    }

    private void write(Optional<String> stopped, List<Pending> pending) {
        try {
            file.write(ProcessHandle.current().pid(), engine.incarnation(), stopped, pending);
            keptAtClose = !pending.isEmpty();
        } catch (IOException | RuntimeException failure) {
            told(failure);
            keptAtClose = false;
            delete();
        }
    }

    /** What is left over keeps its age: the next start, and whoever looks before it, read it there. */
    synchronized void close() {
        closed = true;
        if (!keptAtClose) {
            delete();
            return;
        }
        try {
            file.disown();
        } catch (IOException | RuntimeException failure) {
            told(failure);
        }
    }

    /** An old one would pass for the present state; without one people look into the log. */
    private void delete() {
        try {
            file.delete();
        } catch (IOException | RuntimeException failure) {
            told(failure);
        }
    }

    /** Nothing rests on the file, so once is enough. */
    private synchronized void told(Exception failure) {
        if (!failureTold) {
            failureTold = true;
            LOG.warn("The status file of the log can't be written: avow status shows less", failure);
        }
    }
}
