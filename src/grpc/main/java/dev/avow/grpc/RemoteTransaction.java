package dev.avow.grpc;

import dev.avow.engine.Outcome;
import dev.avow.engine.Participant;
import dev.avow.engine.Transaction;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.CoordinatorState;
import java.util.Optional;

/** Another process's transaction, as far as a participant here may use it: to enlist itself. */
final class RemoteTransaction implements Transaction {
    private final Travelling travelling;
    private final OpenBranches branches;

    RemoteTransaction(Travelling travelling, OpenBranches branches) {
        this.travelling = travelling;
        this.branches = branches;
    }

    @Override
    public TransactionId id() {
        return travelling.id();
    }

    @Override
    public String name() {
        return travelling.name();
    }

    @Override
    public void enlist(Participant participant) {
        branches.open(travelling, participant);
    }

    @Override
    public Outcome commit() {
        throw notHere("commit");
    }

    @Override
    public Outcome abort() {
        throw notHere("abort");
    }

    private IllegalStateException notHere(String what) {
        return new IllegalStateException(what + ": " + name() + " (" + id() + ") belongs to the coordinator at "
                + travelling.coordinator() + ", whose process alone ends it: fail the call to have it aborted");
    }

    /** As far as it is known here. */
    @Override
    public CoordinatorState state() {
        return CoordinatorState.WORKING;
    }

    @Override
    public Optional<Outcome> outcome() {
        return Optional.empty();
    }

    /** Leaves it as it is: its coordinator ends it. */
    @Override
    public void close() {}
}
