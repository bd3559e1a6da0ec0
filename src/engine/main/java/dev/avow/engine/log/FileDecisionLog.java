package dev.avow.engine.log;

import dev.avow.engine.CommitRecord;
import dev.avow.engine.DecisionLog;
import dev.avow.engine.HeuristicRecord;
import dev.avow.engine.LogInspection;
import dev.avow.engine.LogOptions;
import dev.avow.engine.RememberedOutcome;
import dev.avow.engine.RememberedOutcome.Ending;
import dev.avow.engine.Resolution;
import dev.avow.engine.TransactionId;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/** The decision log in a directory of its own: a codec and a state on top of {@link RecordLog}. */
public final class FileDecisionLog implements DecisionLog {

    private final DecisionState state;
    /** Held while a person's word is checked and written: of two that exclude each other the second meets the first. */
    private final ReentrantLock byHand = new ReentrantLock();

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
        DecisionState state = new DecisionState(Integer.MAX_VALUE);
        LogReading reading = LogReading.of(directory, state);
        return new LogInspection(
                reading.owner(),
                reading.incarnation(),
                reading.process(),
                state.unfinished(),
                state.remembered(),
                state.heuristics(),
                state.resolutions(),
                reading.bytes(),
                reading.files(),
                reading.damage());
    }

    @Override
    public long coordinator() {
        return log.owner();
    }

    @Override
    public Optional<Path> directory() {
        return log.directory();
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
        byHand.lock();
        try {
            log.append(DecisionRecords.settled(id, participant));
        } finally {
            byHand.unlock();
        }
    }

    @Override
    public Resolution appendResolution(Resolution resolution) {
        byHand.lock();
        try {
            Resolution checked = log.read(() -> state.checked(resolution));
            log.append(DecisionRecords.resolved(checked));
            return checked;
        } finally {
            byHand.unlock();
        }
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
