package dev.avow.engine.log;

import dev.avow.engine.CommitRecord;
import dev.avow.engine.DecisionLog;
import dev.avow.engine.HeuristicRecord;
import dev.avow.engine.LogDamagedException;
import dev.avow.engine.LogException;
import dev.avow.engine.LogInspection;
import dev.avow.engine.LogOptions;
import dev.avow.engine.LogUnusableException;
import dev.avow.engine.RememberedOutcome;
import dev.avow.engine.RememberedOutcome.Ending;
import dev.avow.engine.Resolution;
import dev.avow.engine.TransactionId;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The decision log in a directory of its own: a codec and a state on top of {@link RecordLog}. */
public final class FileDecisionLog implements DecisionLog {

    private final DecisionState state;
    private final RecordLog log;

    private FileDecisionLog(Path directory, LogOptions options, LogFiles files) {
        this.state = new DecisionState(options.rememberedOutcomes());
        this.log = RecordLog.open(directory, LogKind.DECISIONS, options, state, files);
    }

    /** See {@link DecisionLog#open(Path, LogOptions)}. */
    public static FileDecisionLog open(Path directory, LogOptions options) {
        return open(directory, options, DiskFiles.DISK);
    }

    /** As {@link #open(Path, LogOptions)}, on other files than the real disk's. */
    public static FileDecisionLog open(Path directory, LogOptions options, LogFiles files) {
        return new FileDecisionLog(directory, options, files);
    }

    /** See {@link LogInspection#of(Path)}. */
    public static LogInspection inspect(Path path) {
        return inspect(new LogDirectory(path, LogKind.DECISIONS, DiskFiles.DISK));
    }

    static LogInspection inspect(LogDirectory directory) {
        try {
            Incarnations numbers = Fence.peek(directory);
            if (numbers.isNew()) {
                throw new LogUnusableException("there is no log in " + directory.path() + ": check the path");
            }
            DecisionState state = new DecisionState(Integer.MAX_VALUE);
            SegmentReader.Segment segment = Recovery.read(directory, numbers, Integer.MAX_VALUE);
            Optional<String> damage = segment.damage().map(FileDecisionLog::fault);
            try {
                Recovery.apply(segment, state);
            } catch (LogException e) {
                damage = Optional.of(fault(e));
            }
            List<String> files = directory.logFiles();
            return new LogInspection(
                    numbers.owner(),
                    numbers.newest().map(Incarnations.Slot::incarnation).orElse(0),
                    state.unfinished(),
                    state.remembered(),
                    state.heuristics(),
                    state.resolutions(),
                    directory.bytes(files),
                    files,
                    damage);
        } catch (NoSuchFileException e) {
            throw new LogUnusableException("there is no log in " + directory.path() + ": check the path", e);
        } catch (IOException e) {
            throw directory.openingFailed(e);
        }
    }

    private static String fault(LogException damage) {
        return damage instanceof LogDamagedException damaged ? damaged.fault() : String.valueOf(damage.getMessage());
    }

    @Override
    public long coordinator() {
        return log.owner();
    }

    @Override
    public int incarnation() {
        return log.incarnation();
    }

    @Override
    public void appendCommit(CommitRecord commit) {
        log.append(DecisionRecords.commit(commit));
    }

    @Override
    public void appendEnd(TransactionId id) {
        log.appendUnforced(DecisionRecords.end(id));
    }

    @Override
    public void appendAborted(TransactionId id, String name) {
        log.appendUnforced(DecisionRecords.outcome(new RememberedOutcome(id, name, Ending.ABORTED)));
    }

    @Override
    public void appendHeuristic(HeuristicRecord heuristic) {
        log.append(DecisionRecords.heuristic(heuristic));
    }

    @Override
    public void settleHeuristic(TransactionId id, String participant) {
        log.append(DecisionRecords.settled(id, participant));
    }

    @Override
    public Resolution appendResolution(Resolution resolution) {
        Resolution checked = log.read(() -> state.checked(resolution));
        log.append(DecisionRecords.resolved(checked));
        return checked;
    }

    @Override
    public List<Resolution> resolutions() {
        return log.read(state::resolutions);
    }

    @Override
    public List<CommitRecord> unfinished() {
        return log.read(state::unfinished);
    }

    @Override
    public List<HeuristicRecord> heuristics() {
        return log.read(state::heuristics);
    }

    @Override
    public Optional<RememberedOutcome> remembered(TransactionId id) {
        return log.read(() -> state.remembered(id));
    }

    @Override
    public Optional<RememberedOutcome> remembered(String name) {
        return log.read(() -> state.remembered(name));
    }

    @Override
    public void close() {
        log.close();
    }
}
