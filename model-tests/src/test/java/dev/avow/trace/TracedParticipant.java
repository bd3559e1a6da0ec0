package dev.avow.trace;

import dev.avow.engine.HeuristicException;
import dev.avow.engine.LogOptions;
import dev.avow.engine.Participant;
import dev.avow.engine.Transaction;
import dev.avow.engine.TransactionId;
import dev.avow.engine.participant.ParticipantRuntime;
import dev.avow.protocol.Ending;
import dev.avow.protocol.Vote;
import java.nio.file.Path;
import java.util.Collection;

/** Production's participant runtime, whose answers are written down before the coordinator hears them. */
class TracedParticipant implements Participant, AutoCloseable {
    private final TraceFile trace;
    private final Tally tally = new Tally();
    private final ParticipantRuntime runtime;

    TracedParticipant(Path directory, LogOptions options, String name, TraceFile trace) {
        this.trace = trace;
        this.runtime = ParticipantRuntime.open(directory, options, name, tally);
    }

    /** Works for the transaction, in one of the ways in which work can turn out. */
    void work(Transaction transaction, Tally.Kind kind) {
        runtime.work(transaction, this, () -> {
            tally.add(transaction.id(), kind);
            return kind;
        });
    }

    @Override
    public String name() {
        return runtime.name();
    }

    @Override
    public Vote prepare(TransactionId id) throws Exception {
        try {
            Vote vote = runtime.prepare(id);
            answered(
                    id,
                    switch (vote) {
                        case YES -> "ParticipantVoteYes";
                        case READ_ONLY -> "ParticipantVoteReadOnly";
                        case NO -> "ParticipantVoteNo";
                    });
            return vote;
        } catch (Exception refusal) {
            // To the coordinator a failure is a vote no.
            answered(id, "ParticipantVoteNo");
            throw refusal;
        }
    }

    @Override
    public void commit(TransactionId id) throws HeuristicException {
        runtime.commit(id);
        answered(id, "ParticipantAck");
    }

    @Override
    public void abort(TransactionId id) throws HeuristicException {
        runtime.abort(id);
        answered(id, TraceEvent.ABORTED);
    }

    @Override
    public Ending commitOnePhase(TransactionId id) throws Exception {
        try {
            Ending ending = runtime.commitOnePhase(id);
            answered(
                    id,
                    switch (ending) {
                        case COMMITTED -> "ParticipantCommitOnePhase|ParticipantReadOnlyOnePhase";
                        case ABORTED -> "ParticipantRefuseOnePhase";
                        case UNKNOWN -> "ParticipantUnknownOnePhase";
                    });
            return ending;
        } catch (Exception refusal) {
            answered(id, "ParticipantRefuseOnePhase");
            throw refusal;
        }
    }

    @Override
    public Collection<TransactionId> inDoubt() {
        return runtime.inDoubt();
    }

    private void answered(TransactionId id, String what) {
        trace.write(TraceEvent.of(id.toString(), what, name()));
    }

    @Override
    public void close() {
        runtime.close();
    }
}
