package dev.avow.engine.log;

import dev.avow.engine.CommitRecord;
import dev.avow.engine.HeuristicRecord;
import dev.avow.engine.LogFollower.Entry;
import dev.avow.engine.LogUnusableException;
import dev.avow.engine.RememberedOutcome;
import dev.avow.engine.Resolution;
import dev.avow.engine.TransactionId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Where a reader stands in a growing log. A segment is preallocated, so its length says nothing: new is what stands where
 * the last frame ended. A new segment begins with a snapshot; what that knows and the reader doesn't is new.
 */
public final class Following {
    private final LogDirectory directory;
    private Path segment;
    private int frames;
    private DecisionState known;

    private Following(LogDirectory directory, SegmentReader.Segment first) {
        this.directory = directory;
        this.segment = first.file();
        this.frames = first.frames().size();
        this.known = stateOf(first.frames());
    }

    /** See {@link dev.avow.engine.LogFollower#of}. */
    public static Following of(Path path) {
        LogDirectory directory = new LogDirectory(path, LogKind.DECISIONS, DiskFiles.DISK);
        try {
            Incarnations numbers = Fence.peek(directory);
            if (numbers.isNew()) {
                Opening.requireNoHistory(directory, directory.segments());
                throw new LogUnusableException("there is no log in " + path + ": check the path");
            }
            return new Following(directory, whole(Recovery.read(directory, numbers, Integer.MAX_VALUE)));
        } catch (NoSuchFileException e) {
            throw new LogUnusableException("there is no log in " + path + ": check the path", e);
        } catch (IOException e) {
            throw directory.openingFailed(e);
        }
    }

    private static SegmentReader.Segment whole(SegmentReader.Segment segment) {
        segment.damage().ifPresent(damage -> {
            throw damage;
        });
        return segment;
    }

    private static DecisionState stateOf(List<Frame> frames) {
        DecisionState state = new DecisionState(Integer.MAX_VALUE);
        frames.forEach(frame -> frame.records().forEach(record -> state.apply(record.duplicate())));
        return state;
    }

    /** What has come since the last call. */
    public List<Entry> poll() {
        try {
            SegmentReader.Segment now = whole(Recovery.read(directory, Fence.peek(directory), Integer.MAX_VALUE));
            List<Entry> entries = new ArrayList<>();
            if (!now.file().equals(segment)) {
                DecisionState taken = stateOf(now.frames().subList(0, 1));
                entries.addAll(difference(known, taken));
                segment = now.file();
                frames = 1;
                known = taken;
            }
            for (Frame frame : now.frames()
                    .subList(Math.min(frames, now.frames().size()), now.frames().size())) {
                for (ByteBuffer record : frame.records()) {
                    Telling telling = new Telling(known);
                    DecisionRecords.read(record.duplicate(), telling);
                    entries.add(telling.entry.orElseThrow());
                    known.apply(record.duplicate());
                }
            }
            frames = now.frames().size();
            return entries;
        } catch (NoSuchFileException e) {
            throw new LogUnusableException("the log in " + directory.path() + " is gone", e);
        } catch (IOException e) {
            throw directory.openingFailed(e);
        }
    }

    /** What another reader would have seen in between, as far as it lasts. */
    private static List<Entry> difference(DecisionState before, DecisionState after) {
        List<Entry> entries = new ArrayList<>();
        Telling telling = new Telling(before);
        Set<Resolution> resolved = new HashSet<>(before.resolutions());
        after.resolutions().stream()
                .filter(each -> !resolved.contains(each))
                .forEach(each -> entries.add(telling.of(each)));
        Set<HeuristicRecord> reported = new HashSet<>(before.heuristics());
        after.heuristics().stream()
                .filter(each -> !reported.contains(each))
                .forEach(each -> entries.add(telling.of(each)));
        Set<TransactionId> ended = new HashSet<>();
        before.remembered().forEach(each -> ended.add(each.id()));
        after.remembered().stream()
                .filter(each -> !ended.contains(each.id()))
                .forEach(each -> entries.add(telling.of(each)));
        Set<TransactionId> committing = new HashSet<>();
        before.unfinished().forEach(each -> committing.add(each.id()));
        after.unfinished().stream()
                .filter(each -> !committing.contains(each.id()))
                .forEach(each -> entries.add(telling.of(each)));
        return entries;
    }

    /** Puts records into words. */
    private static final class Telling implements DecisionRecords.Reader {
        private final DecisionState known;
        private Optional<Entry> entry = Optional.empty();

        Telling(DecisionState known) {
            this.known = known;
        }

        private String nameOf(TransactionId id) {
            return known.remembered(id).map(RememberedOutcome::name).orElse(id.toString());
        }

        Entry of(CommitRecord commit) {
            return new Entry(
                    commit.id(),
                    commit.name(),
                    "commit",
                    "commit, to be told to " + String.join(", ", commit.participants()));
        }

        Entry of(RememberedOutcome outcome) {
            return new Entry(
                    outcome.id(),
                    outcome.name(),
                    "outcome",
                    outcome.ending().name().toLowerCase(Locale.ROOT));
        }

        Entry of(HeuristicRecord heuristic) {
            return new Entry(
                    heuristic.id(),
                    heuristic.name(),
                    "heuristic",
                    heuristic.participant() + " decided " + heuristic.decided() + " alone; the decision was "
                            + heuristic.decision());
        }

        Entry of(Resolution resolution) {
            return new Entry(
                    resolution.id(),
                    resolution.name(),
                    "resolved",
                    resolution.participant() + " resolved as "
                            + resolution.decision().name().toLowerCase(Locale.ROOT)
                            + (resolution.forced() ? ", against the decision," : "") + " by " + resolution.who() + ": "
                            + resolution.why());
        }

        @Override
        public void commit(CommitRecord commit) {
            entry = Optional.of(of(commit));
        }

        @Override
        public void end(TransactionId id) {
            entry = Optional.of(new Entry(id, nameOf(id), "end", "committed everywhere"));
        }

        @Override
        public void outcome(RememberedOutcome outcome) {
            entry = Optional.of(of(outcome));
        }

        @Override
        public void heuristic(HeuristicRecord heuristic) {
            entry = Optional.of(of(heuristic));
        }

        @Override
        public void settled(TransactionId id, String participant) {
            entry = Optional.of(new Entry(id, nameOf(id), "settled", participant + " is settled by a person"));
        }

        @Override
        public void resolved(Resolution resolution) {
            entry = Optional.of(of(resolution));
        }
    }
}
