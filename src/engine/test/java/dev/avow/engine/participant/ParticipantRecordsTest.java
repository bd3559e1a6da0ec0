package dev.avow.engine.participant;

import static dev.avow.engine.participant.FakeTransaction.id;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.protocol.DiskRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ParticipantRecordsTest {

    private static final Optional<byte[]> WORK = Optional.of("work".getBytes(StandardCharsets.UTF_8));
    private static final String ID = "3f9c02ab17de" + "00000007" + "000000000001";

    private final Words words = new Words();
    private final DurableState state = new DurableState(words);

    private static byte[] record(DiskRecord disk, Optional<byte[]> work) {
        return ParticipantRecords.of(id(1), disk, work);
    }

    private static byte[] record(DiskRecord disk) {
        return record(disk, Optional.empty());
    }

    private void apply(byte[]... records) {
        for (byte[] record : records) {
            state.apply(ByteBuffer.wrap(record).asReadOnlyBuffer());
        }
    }

    private static void assertHex(String hex, byte[] record) {
        assertEquals(hex, HexFormat.of().formatHex(record));
    }

    @Test
    void records_are_as_drawn() {
        assertHex("0101" + ID + "776f726b", record(DiskRecord.PREPARED, WORK));
        assertHex("0102" + ID, record(DiskRecord.COMMITTED));
        assertHex("0103" + ID + "776f726b", record(DiskRecord.COMMITTED, WORK));
        assertHex("0104" + ID, record(DiskRecord.ABORTED));
        assertHex("0105" + ID, record(DiskRecord.HEURISTIC_COMMITTED));
        assertHex("0106" + ID, record(DiskRecord.HEURISTIC_ABORTED));
        assertHex("0107" + ID, record(DiskRecord.MIXED));
        assertHex("0108776f726b", ParticipantRecords.state(WORK.orElseThrow()));
        assertThrows(IllegalArgumentException.class, () -> record(DiskRecord.NOTHING));
    }

    @Test
    void what_is_not_as_drawn_is_refused() {
        assertRefused("version 2", new byte[] {2, 1});
        assertRefused("unknown type 10", changed(record(DiskRecord.COMMITTED), 1, 10));
        assertRefused("unknown type 0", changed(record(DiskRecord.COMMITTED), 1, 0));
        assertRefused("ends too early", new byte[0]);
        assertRefused("ends too early", Arrays.copyOf(record(DiskRecord.COMMITTED), 17));
        assertRefused("2 bytes too many", changed(record(DiskRecord.PREPARED, Optional.of(new byte[2])), 1, 5));
    }

    @Test
    void what_no_participant_writes_in_this_order_is_refused() {
        assertRefused("wasn't prepared", record(DiskRecord.COMMITTED));
        assertRefused("wasn't prepared", record(DiskRecord.ABORTED));
        assertRefused("wasn't decided alone", record(DiskRecord.MIXED));
        apply(record(DiskRecord.PREPARED, WORK));
        assertRefused("there already", record(DiskRecord.PREPARED, WORK));
        apply(record(DiskRecord.HEURISTIC_ABORTED));
        assertRefused("wasn't prepared", record(DiskRecord.COMMITTED));
        assertEquals(Map.of(id(1), DiskRecord.HEURISTIC_ABORTED), state.alone());
        assertEquals(List.of(), words.applied);
    }

    private void assertRefused(String why, byte[] record) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> apply(record));
        assertTrue(String.valueOf(refused.getMessage()).contains(why), refused::getMessage);
    }

    private static byte[] changed(byte[] record, int at, int value) {
        record[at] = (byte) value;
        return record;
    }

    @Test
    void a_snapshot_gives_the_state_again() {
        apply(ParticipantRecords.of(id(1), DiskRecord.PREPARED, WORK));
        apply(ParticipantRecords.of(id(2), DiskRecord.PREPARED, Optional.of(new byte[0])));
        apply(ParticipantRecords.of(id(3), DiskRecord.PREPARED, WORK));
        apply(ParticipantRecords.of(id(4), DiskRecord.PREPARED, WORK));
        apply(ParticipantRecords.of(id(3), DiskRecord.HEURISTIC_COMMITTED, Optional.empty()));
        apply(ParticipantRecords.of(id(4), DiskRecord.HEURISTIC_ABORTED, Optional.empty()));
        apply(ParticipantRecords.of(id(5), DiskRecord.COMMITTED, WORK));
        List<byte[]> snapshot = new ArrayList<>();
        state.snapshot(snapshot::add);

        Words againWords = new Words();
        DurableState again = new DurableState(againWords);
        snapshot.forEach(record -> again.apply(ByteBuffer.wrap(record)));
        assertEquals(List.of("work", "work"), againWords.applied);
        assertEquals(state.alone(), again.alone());
        assertEquals(state.prepared().keySet(), again.prepared().keySet());
        assertArrayEquals(WORK.orElseThrow(), again.prepared().get(id(1)));
    }

    @Test
    void a_stores_entries_are_as_drawn_and_nothing_else_is_read() {
        byte[] put = KeyValueWork.encode(Map.of("k", Optional.of("vw")));
        assertHex("0101" + "00000001" + "6b" + "00000002" + "7677", put);
        byte[] remove = KeyValueWork.encode(Map.of("k", Optional.empty()));
        assertHex("0102" + "00000001" + "6b", remove);
        assertEquals(Map.of("k", Optional.of("vw")), KeyValueWork.decode(put));
        assertEquals(Map.of("k", Optional.empty()), KeyValueWork.decode(remove));

        assertUnreadable("version 2", changed(put.clone(), 0, 2));
        assertUnreadable("unknown kind 3", changed(put.clone(), 1, 3));
        assertUnreadable("ends too early", changed(put.clone(), 5, 100));
        assertUnreadable("ends too early", changed(put.clone(), 2, 0x80));
        assertUnreadable("ends too early", Arrays.copyOf(put, put.length - 1));
        assertUnreadable("ends too early", new byte[0]);
    }

    private static void assertUnreadable(String why, byte[] work) {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> KeyValueWork.decode(work));
        assertTrue(String.valueOf(refused.getMessage()).contains(why), refused::getMessage);
    }
}
