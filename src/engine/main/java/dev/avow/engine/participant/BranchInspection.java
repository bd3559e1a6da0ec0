package dev.avow.engine.participant;

import dev.avow.engine.ParticipantInspection;
import dev.avow.engine.RememberedOutcome.Ending;
import dev.avow.engine.TransactionId;
import dev.avow.engine.log.LogKind;
import dev.avow.engine.log.LogReading;
import dev.avow.engine.log.LogState;
import dev.avow.protocol.DiskRecord;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Reads a participant's log without its resource: which branches wait, and which were decided alone. */
public final class BranchInspection {
    /** Takes no part: what the work means is the resource's affair. */
    private static final Resource NOBODY = new Resource() {
        @Override
        public Optional<byte[]> work(TransactionId id) {
            return Optional.empty();
        }

        @Override
        public void hold(TransactionId id, byte[] work) {}

        @Override
        public void apply(byte[] work) {}

        @Override
        public void release(TransactionId id) {}

        @Override
        public void snapshot(Consumer<byte[]> sink) {}
    };

    private BranchInspection() {}

    /** A state that reads a participant's records and keeps nothing of their work. */
    public static LogState blankState() {
        return new DurableState(NOBODY);
    }

    /** See {@link ParticipantInspection#of(Path)}. */
    public static ParticipantInspection inspect(Path directory) {
        DurableState state = new DurableState(NOBODY);
        LogReading reading = LogReading.of(directory, LogKind.PARTICIPANT, state);
        Map<TransactionId, Ending> alone = new TreeMap<>();
        state.alone()
                .forEach((id, decided) ->
                        alone.put(id, decided == DiskRecord.HEURISTIC_COMMITTED ? Ending.COMMITTED : Ending.ABORTED));
        return new ParticipantInspection(
                reading.incarnation(),
                reading.process(),
                state.prepared().keySet().stream().sorted().toList(),
                alone,
                state.resolutions(),
                reading.bytes(),
                reading.files(),
                reading.damage());
    }
}
