package dev.avow.engine.participant;

import dev.avow.engine.TransactionId;
import dev.avow.protocol.DiskRecord;
import dev.avow.protocol.Participant;
import dev.avow.protocol.ParticipantState;
import dev.avow.protocol.ParticipantStep;
import dev.avow.protocol.Transition;
import java.util.concurrent.locks.ReentrantLock;

/** One transaction's part at this participant: where the protocol has it, and the lock under which it takes steps. */
final class Branch {
    /** Branches are numbered where several meet, at the coordinator; here each is alone. */
    private static final int NUMBER = 0;

    final TransactionId id;
    final ReentrantLock lock = new ReentrantLock();
    private volatile Participant participant; // written under lock, read by anyone

    private Branch(TransactionId id, Participant participant) {
        this.id = id;
        this.participant = participant;
    }

    static Branch working(TransactionId id) {
        return new Branch(id, Participant.working(NUMBER));
    }

    static Branch recovered(TransactionId id, DiskRecord disk) {
        return new Branch(id, Participant.recovered(NUMBER, disk));
    }

    boolean allows(ParticipantStep step) {
        return participant.allows(step);
    }

    Transition<Participant> step(ParticipantStep step) {
        return participant.step(step);
    }

    ParticipantState state() {
        return participant.state();
    }

    void enter(Participant next) {
        participant = next;
    }

    /** Whether the resource holds work for it, and locks. */
    boolean holdsWork() {
        return switch (state()) {
            case WORKING, PREPARED -> true;
            case DOWN, COMMITTED, ABORTED, LOST, READ_ONLY, HEURISTIC_COMMITTED, HEURISTIC_ABORTED, MIXED -> false;
        };
    }

    /** Whether its answers are from now on those of a transaction that was never here. */
    boolean isOver() {
        return switch (state()) {
            case COMMITTED, ABORTED, LOST, READ_ONLY, MIXED -> true;
            case DOWN, WORKING, PREPARED, HEURISTIC_COMMITTED, HEURISTIC_ABORTED -> false;
        };
    }
}
