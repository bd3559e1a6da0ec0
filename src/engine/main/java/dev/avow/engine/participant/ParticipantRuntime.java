package dev.avow.engine.participant;

import dev.avow.engine.BranchEnding;
import dev.avow.engine.HeuristicException;
import dev.avow.engine.LogException;
import dev.avow.engine.LogOptions;
import dev.avow.engine.Participant;
import dev.avow.engine.Resolution;
import dev.avow.engine.Transaction;
import dev.avow.engine.TransactionId;
import dev.avow.engine.log.DiskFiles;
import dev.avow.engine.log.LogFiles;
import dev.avow.protocol.Ending;
import dev.avow.protocol.Message;
import dev.avow.protocol.ParticipantState;
import dev.avow.protocol.ParticipantStep;
import dev.avow.protocol.Vote;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a participant of a {@link Resource}, by a log of its own: the participant's side of presumed abort (Mohan,
 * Lindsay &amp; Obermarck 1986, section 3).
 *
 * <p>What may happen in which state, and what must be durable for it, is the protocol's to say. Each branch is a {@link
 * dev.avow.protocol.Participant}; a call is answered by the steps that the specification enables there, and {@link
 * Branches} carries out what they ask for. Nothing here looks at a state to decide.
 *
 * <p>Work reaches the resource in one way only: through the log's replay, called when the record that commits it is
 * durable, be it now or after a restart. The branch keeps its locks until that is done.
 *
 * <p>Any thread may call any method. After a failure of its log other than a full disk it refuses every call; reopening
 * finds out what is durable.
 */
public final class ParticipantRuntime implements Participant, AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(ParticipantRuntime.class);

    private final String name;
    private final Resource resource;
    private final Branches branches;

    private ParticipantRuntime(String name, Resource resource, Branches branches) {
        this.name = name;
        this.resource = resource;
        this.branches = branches;
    }

    /**
     * Opens the participant whose log is in this directory, and creates it if it isn't there.
     *
     * @param resource an empty one: the log gives it its state
     * @throws LogException as {@link dev.avow.engine.DecisionLog#open(Path, LogOptions)}
     */
    public static ParticipantRuntime open(Path directory, LogOptions options, String name, Resource resource) {
        return open(directory, options, name, resource, DiskFiles.DISK, BranchObserver.NONE);
    }

    /** As {@link #open(Path, LogOptions, String, Resource)}, on other files than the real disk's, and observed. */
    public static ParticipantRuntime open(
            Path directory,
            LogOptions options,
            String name,
            Resource resource,
            LogFiles files,
            BranchObserver observer) {
        Branches branches = new Branches(directory, options, name, resource, files, observer);
        ParticipantRuntime runtime = new ParticipantRuntime(name, resource, branches);
        Collection<TransactionId> inDoubt = runtime.inDoubt();
        if (!inDoubt.isEmpty()) {
            LOGGER.info("Participant {} is in doubt about {}", name, inDoubt);
        }
        return runtime;
    }

    @Override
    public String name() {
        return name;
    }

    /**
     * Works for a transaction, and makes the participant part of it.
     *
     * @param enlisted what the coordinator knows as this participant
     * @throws IllegalStateException if the transaction has ended, or is being committed
     */
    public <T> T work(Transaction transaction, Participant enlisted, Supplier<T> doing) {
        Branch known = branches.enlist(transaction.id(), () -> transaction.enlist(enlisted));
        return branches.at(known, branch -> {
            // What can't be refused any more can't be added to. (NoRegret)
            if (!branch.allows(new ParticipantStep.Refuse())) {
                throw new IllegalStateException(transaction.name() + " (" + branch.id + ") is " + branch.state()
                        + " at \"" + name + "\" and takes no more work: begin another transaction");
            }
            return doing.get();
        });
    }

    /** Reads the resource's state at rest. It must neither wait nor call this runtime. */
    public <T> T read(Supplier<T> reading) {
        return branches.read(reading);
    }

    @Override
    public Vote prepare(TransactionId id) throws Exception {
        return branches.at(id, this::prepare);
    }

    private Vote prepare(Branch branch) throws Exception {
        requireNotAlone(branch);
        if (branch.allows(new ParticipantStep.Prepare())) {
            try {
                Optional<byte[]> work = resource.work(branch.id);
                if (work.isEmpty()) {
                    return vote(branch, new ParticipantStep.VoteReadOnly());
                }
                branches.take(branch, new ParticipantStep.Prepare(), work);
            } catch (Exception e) {
                // Nothing was promised. If the log has stopped, nobody knows that, and there is no further step.
                if (branches.isRunning()) {
                    branches.take(branch, new ParticipantStep.Refuse());
                }
                throw e;
            }
        }
        ParticipantStep yes = new ParticipantStep.VoteYes();
        return vote(branch, branch.allows(yes) ? yes : new ParticipantStep.VoteNo());
    }

    private Vote vote(Branch branch, ParticipantStep step) {
        return ((Message.VoteOf) branches.take(branch, step).orElseThrow()).vote();
    }

    @Override
    public void commit(TransactionId id) throws HeuristicException {
        branches.at(id, branch -> {
            if (branch.allows(new ParticipantStep.ReceiveCommit())) {
                branches.take(branch, new ParticipantStep.ReceiveCommit());
            }
            requireUndamaged(branch, new ParticipantStep.ReportDamage(true));
            return branches.take(branch, new ParticipantStep.Ack());
        });
    }

    @Override
    public void abort(TransactionId id) throws HeuristicException {
        branches.at(id, branch -> {
            if (branch.allows(new ParticipantStep.ReceiveAbort())) {
                branches.take(branch, new ParticipantStep.ReceiveAbort());
            }
            requireUndamaged(branch, new ParticipantStep.ReportDamage(false));
            return branch;
        });
    }

    @Override
    public Ending commitOnePhase(TransactionId id) throws Exception {
        return branches.at(id, this::commitOnePhase);
    }

    private Ending commitOnePhase(Branch branch) throws Exception {
        if (!branch.allows(new ParticipantStep.CommitOnePhase())) {
            return ending(branch, new ParticipantStep.UnknownOnePhase(), Optional.empty());
        }
        try {
            Optional<byte[]> work = resource.work(branch.id);
            if (work.isEmpty()) {
                return ending(branch, new ParticipantStep.ReadOnlyOnePhase(), Optional.empty());
            }
            return ending(branch, new ParticipantStep.CommitOnePhase(), work);
        } catch (Exception e) {
            if (!branches.isRunning()) {
                throw e;
            }
            LOGGER.warn("Participant {} aborts {}", name, branch.id, e);
            return ending(branch, new ParticipantStep.RefuseOnePhase(), Optional.empty());
        }
    }

    private Ending ending(Branch branch, ParticipantStep step, Optional<byte[]> work) {
        return ((Message.Ended) branches.take(branch, step, work).orElseThrow()).ending();
    }

    /**
     * Ends a branch in doubt without its coordinator: an operator's last resort, when others can't wait for its locks. It
     * is remembered, and reported by a {@link HeuristicException} if the coordinator has decided otherwise.
     *
     * @param decision {@link Ending#COMMITTED} or {@link Ending#ABORTED}
     * @throws IllegalStateException if it isn't in doubt here
     */
    public void decideAlone(TransactionId id, Ending decision) {
        decideAlone(id, decision, Optional.empty());
    }

    /** The same on the record: who, when and why stay in the log. */
    public void decideAlone(Resolution resolution) {
        Ending decision = switch (resolution.decision()) {
            case COMMITTED -> Ending.COMMITTED;
            case ABORTED -> Ending.ABORTED;
        };
        decideAlone(resolution.id(), decision, Optional.of(resolution));
    }

    private void decideAlone(TransactionId id, Ending decision, Optional<Resolution> note) {
        ParticipantStep step = new ParticipantStep.DecideAlone(
                switch (decision) {
                    case COMMITTED -> ParticipantState.HEURISTIC_COMMITTED;
                    case ABORTED -> ParticipantState.HEURISTIC_ABORTED;
                    case UNKNOWN -> throw new IllegalArgumentException("UNKNOWN is no decision: commit or abort " + id);
                });
        branches.at(id, branch -> {
            if (!branch.allows(step)) {
                throw new IllegalStateException(
                        id + " isn't in doubt at \"" + name + "\", so there is nothing to decide: see inDoubt()");
            }
            note.ifPresent(branches::note);
            return branches.take(branch, step);
        });
        LOGGER.warn("Participant {} has decided on {} alone, by an operator's order: {}", name, id, decision);
    }

    @Override
    public void forget(TransactionId id) {
        branches.at(id, branch -> {
            ParticipantStep forget = new ParticipantStep.ReceiveForget();
            return branch.allows(forget) ? branches.take(branch, forget) : Optional.empty();
        });
    }

    /** Another participant tells the decision: where this one is in doubt, it follows. (ParticipantReceivePeerAnswer) */
    public void hearFromPeer(TransactionId id, Ending decision) {
        ParticipantStep hear = new ParticipantStep.ReceivePeerAnswer(decision);
        branches.at(id, branch -> branch.allows(hear) ? branches.take(branch, hear) : Optional.empty());
    }

    /** Those decided alone too: whether they contradict the decision shows only when it comes. */
    @Override
    public Collection<TransactionId> inDoubt() {
        return branches.allowing(new ParticipantStep.Inquire());
    }

    private void requireUndamaged(Branch branch, ParticipantStep reportDamage) throws HeuristicException {
        if (branch.allows(reportDamage)) {
            branches.take(branch, reportDamage);
            requireNotAlone(branch);
        }
    }

    private void requireNotAlone(Branch branch) throws HeuristicException {
        switch (branch.state()) {
            case HEURISTIC_COMMITTED -> throw alone(branch, BranchEnding.HEURISTIC_COMMITTED, "committed");
            case HEURISTIC_ABORTED -> throw alone(branch, BranchEnding.HEURISTIC_ABORTED, "aborted");
            case DOWN, WORKING, PREPARED, COMMITTED, ABORTED, LOST, READ_ONLY, MIXED -> {}
        }
    }

    private HeuristicException alone(Branch branch, BranchEnding ending, String done) {
        return new HeuristicException(
                ending, "an operator " + done + " " + branch.id + " at \"" + name + "\" before its decision came");
    }

    /** Work that isn't prepared is lost; prepared branches wait for the next opening. A second call does nothing. */
    @Override
    public void close() {
        branches.close();
    }
}
