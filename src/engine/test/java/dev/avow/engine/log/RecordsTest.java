package dev.avow.engine.log;

import static dev.avow.engine.log.Samples.assertSays;
import static dev.avow.engine.log.Samples.commit;
import static dev.avow.engine.log.Samples.heuristic;
import static dev.avow.engine.log.Samples.id;
import static dev.avow.engine.log.Samples.resolution;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.CommitRecord;
import dev.avow.engine.HeuristicRecord;
import dev.avow.engine.LogOptions;
import dev.avow.engine.RememberedOutcome;
import dev.avow.engine.RememberedOutcome.Ending;
import dev.avow.engine.Resolution;
import dev.avow.engine.TransactionId;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ids, records and their bytes. */
final class RecordsTest {

    @Test
    void an_id_is_sixteen_bytes_and_comes_back_from_them_and_from_its_text() {
        for (TransactionId id : List.of(
                TransactionId.of(0x3f9c02ab17deL, 7, 42),
                TransactionId.of(0, 0, 0),
                TransactionId.of((1L << 48) - 1, Integer.MAX_VALUE, (1L << 48) - 1),
                TransactionId.of(1, 0x12345678, 0x8000_0000_0000L))) {
            assertEquals(id, TransactionId.fromBytes(id.toBytes()));
            assertEquals(id, TransactionId.parse(id.toString()));
            assertEquals(id, TransactionId.of(id.coordinator(), id.incarnation(), id.sequence()));
        }
        TransactionId id = TransactionId.of(0x3f9c02ab17deL, 7, 42);
        assertEquals("3f9c02ab17de-7-42", id.toString());
        assertEquals(
                "3f9c02ab17de0000000700000000002a".replace("-", ""),
                HexFormat.of().formatHex(id.toBytes()));
    }

    @Test
    void ids_of_one_coordinator_sort_by_age() {
        TransactionId[] sorted = {
            TransactionId.of(9, 1, 0xFFFF_FFFF_FFFFL),
            TransactionId.of(9, 2, 1),
            TransactionId.of(9, 2, 2),
            TransactionId.of(9, 0xFFFF, 0),
            TransactionId.of(9, 0x10000, 0),
            TransactionId.of(0xFFFF_FFFF_FFFFL, 0, 0)
        };
        TransactionId[] shuffled = {sorted[3], sorted[5], sorted[0], sorted[4], sorted[2], sorted[1]};
        Arrays.sort(shuffled);
        assertArrayEquals(sorted, shuffled);
    }

    @Test
    void what_is_not_an_id_is_refused_with_its_value() {
        for (String text : List.of(
                "",
                "3f9c02ab17de-7",
                "3F9C02AB17DE-7-42",
                "3f9c02ab17de-07-42",
                "3f9c02ab17de-7-42 ",
                "3f9c02ab17de-2147483648-1",
                "3f9c02ab17de-7-281474976710656",
                "3f9c02ab17de--7-42")) {
            assertSays(assertThrows(IllegalArgumentException.class, () -> TransactionId.parse(text)), "");
        }
        assertSays(assertThrows(IllegalArgumentException.class, () -> TransactionId.parse("x")), "\"x\"", "write it");
        assertThrows(IllegalArgumentException.class, () -> TransactionId.of(-1, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> TransactionId.of(1L << 48, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> TransactionId.of(0, -1, 0));
        assertThrows(IllegalArgumentException.class, () -> TransactionId.of(0, 0, 1L << 48));
        assertThrows(IllegalArgumentException.class, () -> TransactionId.fromBytes(new byte[15]));
        assertThrows(IllegalArgumentException.class, () -> new TransactionId(0x8000, 0));
    }

    @Test
    void a_commit_record_needs_a_name_and_distinct_participants() {
        assertSays(
                assertThrows(
                        IllegalArgumentException.class,
                        () -> new CommitRecord(id(1), "O1", List.of("payments", "payments"))),
                "\"payments\"",
                "twice",
                "O1");
        assertThrows(IllegalArgumentException.class, () -> new CommitRecord(id(1), " ", List.of("a")));
        assertThrows(IllegalArgumentException.class, () -> new CommitRecord(id(1), "O1", List.of()));
        assertThrows(IllegalArgumentException.class, () -> new CommitRecord(id(1), "O1", List.of("")));
        assertThrows(
                IllegalArgumentException.class, () -> new CommitRecord(id(1), "\u00fc".repeat(32_768), List.of("a")));
        assertThrows(IllegalArgumentException.class, () -> new CommitRecord(id(1), "\ud83d", List.of("a")));
        new CommitRecord(id(1), "\u00fc".repeat(32_767), List.of("a"));
    }

    @Test
    void a_heuristic_record_knows_its_words() {
        assertThrows(
                IllegalArgumentException.class, () -> new HeuristicRecord(id(1), "O1", "payments", "maybe", "commit"));
        assertThrows(
                IllegalArgumentException.class, () -> new HeuristicRecord(id(1), "O1", "payments", "abort", "mixed"));
    }

    @Test
    void options_out_of_range_are_refused() {
        assertThrows(IllegalArgumentException.class, () -> LogOptions.defaults().withSegmentBytes(4_095));
        assertThrows(IllegalArgumentException.class, () -> LogOptions.defaults().withRememberedOutcomes(-1));
        assertEquals(new LogOptions(16 << 20, 1_024), LogOptions.defaults());
    }

    @Test
    void the_bytes_of_a_commit_are_as_drawn() {
        assertEquals(
                "01" + "01" + "3f9c02ab17de00000007000000000001" + "0002" + "4f31" + "0002" + "0006" + "6f7264657273"
                        + "0008" + "7061796d656e7473",
                HexFormat.of().formatHex(DecisionRecords.commit(commit(1))));
    }

    @Test
    void the_bytes_of_a_resolution_are_as_drawn() {
        assertEquals(
                "01" + "06" + "3f9c02ab17de00000007000000000004" + "02" + "01" + "000001977375f600" + "0002" + "4f34"
                        + "0008" + "7061796d656e7473" + "0003" + "616461" + "0004" + "676f6e65",
                HexFormat.of()
                        .formatHex(DecisionRecords.resolved(
                                resolution(4, Ending.ABORTED).withForced(true))));
    }

    @Test
    void a_resolution_that_is_neither_forced_nor_not_is_refused() {
        byte[] record = DecisionRecords.resolved(resolution(4, Ending.ABORTED));
        record[19] = 2;
        assertSays(
                assertThrows(IllegalArgumentException.class, () -> new DecisionState(9).apply(ByteBuffer.wrap(record))),
                "has a 2");
    }

    @Test
    void a_resolution_names_who_and_why() {
        for (String text : List.of("", " ", "x".repeat(65_536))) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new Resolution(id(1), "O1", "payments", Ending.ABORTED, false, text, Samples.WHEN, "gone"));
            assertSays(
                    assertThrows(
                            IllegalArgumentException.class,
                            () -> new Resolution(
                                    id(1), "O1", "payments", Ending.ABORTED, false, "ada", Samples.WHEN, text)),
                    "reason for resolving O1");
        }
    }

    private static List<byte[]> everyKind() {
        return List.of(
                DecisionRecords.commit(commit(1)),
                DecisionRecords.end(id(1)),
                DecisionRecords.outcome(new RememberedOutcome(id(2), "O2", Ending.ABORTED)),
                DecisionRecords.heuristic(heuristic(3)),
                DecisionRecords.settled(id(3), "payments"),
                DecisionRecords.resolved(resolution(4, Ending.COMMITTED)));
    }

    @Test
    void a_record_cut_anywhere_or_too_long_is_refused() {
        for (byte[] record : everyKind()) {
            for (int length = 0; length < record.length; length++) {
                ByteBuffer cut = ByteBuffer.wrap(Arrays.copyOf(record, length));
                assertThrows(IllegalArgumentException.class, () -> new DecisionState(9).apply(cut));
            }
            ByteBuffer longer = ByteBuffer.wrap(Arrays.copyOf(record, record.length + 1));
            assertThrows(IllegalArgumentException.class, () -> new DecisionState(9).apply(longer));
            new DecisionState(9).apply(ByteBuffer.wrap(record));
        }
    }

    @Test
    void an_unknown_version_type_or_ending_is_refused() {
        for (int at : List.of(0, 1, 18)) {
            byte[] record = everyKind().get(2).clone();
            record[at] = 77;
            assertSays(
                    assertThrows(
                            IllegalArgumentException.class, () -> new DecisionState(9).apply(ByteBuffer.wrap(record))),
                    "77");
        }
    }

    @Test
    void segment_names_sort_by_age_and_come_back_from_their_text() {
        SegmentName old = new SegmentName(9, 1_234_567);
        SegmentName young = new SegmentName(10, 0);
        assertEquals("0000000009-1234567.avow", old.fileName());
        assertEquals(old, SegmentName.parse(old.fileName()).orElseThrow());
        assertTrue(old.compareTo(young) < 0 && young.compareTo(young.next()) < 0);
        assertTrue(SegmentName.parse("9999999999-000000.avow").isEmpty());
    }
}
