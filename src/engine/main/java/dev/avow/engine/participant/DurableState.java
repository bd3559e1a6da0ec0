package dev.avow.engine.participant;

import dev.avow.engine.Resolution;
import dev.avow.engine.TransactionId;
import dev.avow.engine.log.LogState;
import dev.avow.protocol.DiskRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a participant's records add up to: the resource's state, the work in doubt, and the decisions made alone. A branch
 * that has ended leaves nothing but what it did to the resource: one that was never here answers alike. (PresumedAbort)
 *
 * <p>Every field is guarded by the log's state lock.
 */
final class DurableState implements LogState {

    private final Resource resource;
    private final Map<TransactionId, byte[]> prepared = new LinkedHashMap<>();
    private final Map<TransactionId, DiskRecord> alone = new LinkedHashMap<>();
    private final List<Resolution> resolutions = new ArrayList<>();

    DurableState(Resource resource) {
        this.resource = resource;
    }

    @Override
    public void apply(ByteBuffer record) {
        ParticipantRecords.read(record, this);
    }

    @Override
    public void snapshot(Consumer<byte[]> sink) {
        resolutions.forEach(resolution -> sink.accept(ParticipantRecords.resolved(resolution)));
        resource.snapshot(work -> sink.accept(ParticipantRecords.state(work)));
        prepared.forEach((id, work) -> sink.accept(ParticipantRecords.of(id, DiskRecord.PREPARED, Optional.of(work))));
        alone.forEach((id, decided) -> sink.accept(ParticipantRecords.of(id, decided, Optional.empty())));
    }

    void restored(byte[] work) {
        resource.apply(work);
    }

    void prepared(TransactionId id, byte[] work) {
        require(prepared.put(id, work) == null && !alone.containsKey(id), id, "prepared", "it is there already");
    }

    void committed(TransactionId id) {
        byte[] work = prepared.remove(id);
        if (work != null) {
            resource.apply(work);
        } else {
            requireAlone(id, DiskRecord.HEURISTIC_COMMITTED, "committed");
        }
    }

    void committedInOne(byte[] work) {
        resource.apply(work);
    }

    void aborted(TransactionId id) {
        if (prepared.remove(id) == null) {
            requireAlone(id, DiskRecord.HEURISTIC_ABORTED, "aborted");
        }
    }

    /** In a snapshot its work is in the state already, and no prepared record stands before it. */
    void heuristicCommitted(TransactionId id) {
        byte[] work = prepared.remove(id);
        if (work != null) {
            resource.apply(work);
        }
        alone.put(id, DiskRecord.HEURISTIC_COMMITTED);
    }

    void heuristicAborted(TransactionId id) {
        prepared.remove(id);
        alone.put(id, DiskRecord.HEURISTIC_ABORTED);
    }

    void mixed(TransactionId id) {
        require(alone.remove(id) != null, id, "mixed", "it wasn't decided alone");
    }

    /** The decision itself has a record of its own. */
    void resolved(Resolution resolution) {
        resolutions.add(resolution);
    }

    List<Resolution> resolutions() {
        return List.copyOf(resolutions);
    }

    private void requireAlone(TransactionId id, DiskRecord decided, String what) {
        require(alone.remove(id, decided), id, what, "it wasn't prepared");
    }

    private static void require(boolean kept, TransactionId id, String what, String butWhy) {
        if (!kept) {
            throw new IllegalArgumentException("a record there calls " + id + " " + what + ", and " + butWhy);
        }
    }

    /** The branches that wait for a decision, with their work. */
    Map<TransactionId, byte[]> prepared() {
        return Map.copyOf(prepared);
    }

    Map<TransactionId, DiskRecord> alone() {
        return Map.copyOf(alone);
    }
}
