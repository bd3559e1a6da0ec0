package dev.avow.engine.participant;

import dev.avow.engine.TransactionId;
import dev.avow.protocol.DiskRecord;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What one branch leaves on a participant's disk, written and read by production's own code. */
public final class ParticipantBytes {
    private static final TransactionId ID = TransactionId.of(1, 1, 1);
    private static final byte[] WORK = {1};

    private ParticipantBytes() {}

    /** What a restarted participant makes of these records: NOTHING where nothing is left to do. */
    public static DiskRecord recovered(List<DiskRecord> written) {
        DurableState state = new DurableState(new Deaf());
        boolean isWorkWritten = false;
        for (DiskRecord record : written) {
            // A prepared record holds the work, and so does a commit without one.
            byte[] bytes = ParticipantRecords.of(ID, record, isWorkWritten ? Optional.empty() : Optional.of(WORK));
            isWorkWritten = true;
            state.apply(ByteBuffer.wrap(bytes).asReadOnlyBuffer());
        }
        if (state.prepared().containsKey(ID)) {
            return DiskRecord.PREPARED;
        }
        return state.alone().getOrDefault(ID, DiskRecord.NOTHING);
    }

    /** A resource whose state nobody asks for. */
    private static final class Deaf implements Resource {
        @Override
        public Optional<byte[]> work(TransactionId id) {
            return Optional.of(WORK);
        }

        @Override
        public void hold(TransactionId id, byte[] work) {}

        @Override
        public void release(TransactionId id) {}

        @Override
        public void apply(byte[] work) {}

        @Override
        public void snapshot(Consumer<byte[]> sink) {}
    }
}
