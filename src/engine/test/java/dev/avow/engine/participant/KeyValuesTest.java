package dev.avow.engine.participant;

import static dev.avow.engine.participant.FakeTransaction.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class KeyValuesTest {

    /** Room for ten entries with a key of one letter and a value of ten. */
    private final KeyValues values = new KeyValues(200);

    private void commit(long sequence) {
        values.apply(values.work(id(sequence)).orElseThrow());
        values.release(id(sequence));
    }

    private void put(long sequence, String key, int length) {
        assertEquals(Optional.empty(), values.lock(id(sequence), key));
        values.write(id(sequence), key, Optional.of("v".repeat(length)));
    }

    @Test
    void a_store_that_is_full_with_what_is_pending_refuses_more_and_still_lets_remove() {
        for (int i = 0; i < 5; i++) {
            put(1, String.valueOf(i), 10);
        }
        commit(1);
        for (int i = 5; i < 10; i++) {
            put(2, String.valueOf(i), 10);
        }
        IllegalStateException full = assertThrows(IllegalStateException.class, () -> put(3, "a", 0));
        assertTrue(String.valueOf(full.getMessage()).contains("would hold 210 bytes"), full::getMessage);

        values.release(id(3));
        values.lock(id(3), "0");
        values.write(id(3), "0", Optional.empty());
        commit(3);
        values.release(id(2));
        put(4, "a", 110);
        commit(4);
        assertThrows(IllegalStateException.class, () -> put(5, "b", 1));
    }

    @Test
    void what_is_overwritten_makes_room() {
        put(1, "a", 180);
        put(1, "a", 10);
        commit(1);
        put(2, "a", 150);
        commit(2);
        put(3, "b", 20);
        commit(3);
        assertThrows(IllegalStateException.class, () -> put(4, "c", 10));
        assertEquals(Optional.of("v".repeat(150)), values.get("a"));
    }

    @Test
    void work_that_was_prepared_before_a_restart_counts_once() {
        put(1, "a", 90);
        KeyValues again = new KeyValues(200);
        again.hold(id(1), values.work(id(1)).orElseThrow());
        again.lock(id(2), "b");
        assertThrows(IllegalStateException.class, () -> again.write(id(2), "b", Optional.of("v".repeat(100))));
        again.release(id(1));
        again.write(id(2), "b", Optional.of("v".repeat(190)));
    }

    @Test
    void one_key_prepared_twice_is_refused() {
        byte[] work = KeyValueWork.encode(Map.of("a", Optional.of("v")));
        values.hold(id(1), work);
        assertThrows(IllegalArgumentException.class, () -> values.hold(id(2), work));
    }

    @Test
    void a_snapshot_comes_in_pieces_and_holds_each_entry_once() {
        KeyValues large = new KeyValues();
        for (int i = 0; i < 10; i++) {
            large.apply(KeyValueWork.encode(Map.of("key" + i, Optional.of("v".repeat(300_000)))));
        }
        List<byte[]> pieces = new ArrayList<>();
        large.snapshot(pieces::add);
        assertEquals(3, pieces.size());
        assertEquals(
                10,
                pieces.stream()
                        .mapToInt(piece -> KeyValueWork.decode(piece).size())
                        .sum());
    }
}
