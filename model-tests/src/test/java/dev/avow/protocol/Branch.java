package dev.avow.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One participant with its disk and its work: the spec's {@code participant}, {@code disk}, {@code work} and {@code acted}. */
final class Branch {
    /** What a participant last acted on. */
    enum Acted {
        NOTHING,
        COMMIT,
        ABORT
    }

    private final Protocol protocol;
    private Participant participant;
    /** The durable records, oldest first. */
    private final List<DiskRecord> records = new ArrayList<>();

    /** Written, not forced: a flush keeps it, a crash takes it. */
    private Optional<DiskRecord> pending = Optional.empty();

    private boolean work = true;
    /** An operator's or a resource's own decision is done for good, whatever the protocol remembers of it. */
    private boolean decidedAlone;

    private Acted acted = Acted.NOTHING;
    private boolean abortLost;

    Branch(Protocol protocol, int number) {
        this.protocol = protocol;
        this.participant = Participant.working(number);
    }

    Branch copy() {
        Branch copy = new Branch(protocol, number());
        copy.participant = participant;
        copy.records.addAll(records);
        copy.pending = pending;
        copy.work = work;
        copy.decidedAlone = decidedAlone;
        copy.acted = acted;
        copy.abortLost = abortLost;
        return copy;
    }

    void enter(Participant next) {
        ParticipantState before = participant.state();
        participant = next;
        decidedAlone |= next.holdsHeuristic();
        work &= next.is(ParticipantState.WORKING) || next.is(ParticipantState.PREPARED);
        if (next.is(ParticipantState.ABORTED) && before != ParticipantState.ABORTED) {
            acted = Acted.ABORT;
        } else if (next.is(ParticipantState.COMMITTED) && before != ParticipantState.COMMITTED) {
            acted = Acted.COMMIT;
        }
    }

    void force(DiskRecord record) {
        flush();
        records.add(record);
        if (record == DiskRecord.COMMITTED) {
            // Done from here on, though a crash may take the rest of the step.
            acted = Acted.COMMIT;
        }
    }

    void append(DiskRecord record) {
        pending = Optional.of(record);
    }

    void flush() {
        pending.ifPresent(records::add);
        pending = Optional.empty();
    }

    void crash() {
        if (participant.is(ParticipantState.WORKING) && disk() == DiskRecord.NOTHING) {
            acted = Acted.ABORT;
        }
        abortLost |= pending.isPresent();
        pending = Optional.empty();
        work = disk() == DiskRecord.PREPARED && !decidedAlone;
        participant = participant.in(ParticipantState.DOWN);
    }

    void recover() {
        participant = protocol.recovered(number(), records);
    }

    Participant participant() {
        return participant;
    }

    int number() {
        return participant.branch();
    }

    boolean is(ParticipantState state) {
        return state() == state;
    }

    ParticipantState state() {
        return participant.state();
    }

    DiskRecord disk() {
        return records.isEmpty() ? DiskRecord.NOTHING : records.get(records.size() - 1);
    }

    List<DiskRecord> records() {
        return records;
    }

    Optional<DiskRecord> pending() {
        return pending;
    }

    boolean hasDecidedAlone() {
        return decidedAlone;
    }

    boolean isFlushPending() {
        return pending.isPresent();
    }

    /** Whether a crash ever took a record that wasn't forced. */
    boolean hasLostARecord() {
        return abortLost;
    }

    boolean holdsWork() {
        return work;
    }

    Acted acted() {
        return acted;
    }
}
