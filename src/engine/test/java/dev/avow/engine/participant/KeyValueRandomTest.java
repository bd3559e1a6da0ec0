package dev.avow.engine.participant;

import static dev.avow.engine.participant.FakeTransaction.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.KeyValueStore;
import dev.avow.engine.KeyValueStore.LockedException;
import dev.avow.engine.LogOptions;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.Ending;
import dev.avow.protocol.Vote;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;

/** Random calls and crashes, beside a model of what the store has promised. The repetition's number is the seed. */
final class KeyValueRandomTest {

    private static final int STEPS = 120;
    private static final int KEYS = 4;
    private static final LogOptions SMALL = LogOptions.defaults().withSegmentBytes(4_096);

    @TempDir
    Path directory;

    // The model.
    private final Map<String, String> committed = new HashMap<>();
    private final Map<Long, Map<String, String>> working = new TreeMap<>();
    private final Map<Long, Map<String, String>> prepared = new TreeMap<>();
    private final Map<String, Long> locked = new HashMap<>();
    private final List<Long> ended = new ArrayList<>();
    private final Set<Long> perhapsPrepared = new HashSet<>();

    private Random random = new Random(0);
    private long last;
    private int crashes;

    @RepeatedTest(40)
    void the_store_keeps_its_promises(RepetitionInfo repetition) throws Exception {
        random = new Random(repetition.getCurrentRepetition());
        Path log = directory.resolve("log");
        KeyValueStore store = KeyValueStore.open(log, "accounts", SMALL);
        try {
            for (int step = 0; step < STEPS; step++) {
                if (random.nextInt(20) == 0) {
                    Path image = Crash.image(log, directory.resolve("crashed" + ++crashes));
                    store.close();
                    store = KeyValueStore.open(image, "accounts", SMALL);
                    log = image;
                    crashed(store);
                } else {
                    step(store);
                }
                check(store);
            }
        } finally {
            store.close();
        }
    }

    private void step(KeyValueStore store) throws Exception {
        switch (random.nextInt(8)) {
            case 0, 1, 2 -> write(store, random.nextInt(3) == 0 ? ++last : any(working.keySet()));
            case 3, 4 -> prepare(store, any(working.keySet()));
            case 5 -> commit(store, any(prepared.keySet()));
            case 6 -> abort(store, any(random.nextBoolean() ? prepared.keySet() : working.keySet()));
            default -> {
                onePhase(store, any(working.keySet()));
                again(store);
            }
        }
    }

    /** One of them, or a new one if there is none. */
    private long any(Set<Long> sequences) {
        return sequences.isEmpty() ? ++last : List.copyOf(sequences).get(random.nextInt(sequences.size()));
    }

    private void write(KeyValueStore store, long sequence) {
        FakeTransaction transaction = new FakeTransaction(sequence);
        String key = "key" + random.nextInt(KEYS);
        String value = random.nextInt(4) == 0 ? "" : "value" + random.nextInt(1_000);
        Map<String, String> mine = working.computeIfAbsent(sequence, unused -> new HashMap<>());
        if (locked.getOrDefault(key, sequence) != sequence) {
            LockedException refused = assertThrows(LockedException.class, () -> store.put(transaction, key, value));
            assertEquals(id(locked.getOrDefault(key, 0L)), refused.holder());
            return;
        }
        locked.put(key, sequence);
        String seen = mine.getOrDefault(key, committed.getOrDefault(key, ""));
        assertEquals(seen, store.get(transaction, key).orElse(""));
        if (random.nextInt(4) == 0) {
            return;
        }
        mine.put(key, value);
        if (value.isEmpty()) {
            store.remove(transaction, key);
        } else {
            store.put(transaction, key, value);
        }
    }

    private void prepare(KeyValueStore store, long sequence) throws Exception {
        Map<String, String> work = working.remove(sequence);
        if (work == null) {
            assertEquals(Vote.NO, store.prepare(id(sequence)));
        } else if (work.isEmpty()) {
            assertEquals(Vote.READ_ONLY, store.prepare(id(sequence)));
            end(sequence);
        } else {
            assertEquals(Vote.YES, store.prepare(id(sequence)));
            prepared.put(sequence, work);
            perhapsPrepared.clear(); // a force takes along what wasn't forced
        }
    }

    private void commit(KeyValueStore store, long sequence) throws Exception {
        store.commit(id(sequence));
        if (prepared.containsKey(sequence)) {
            apply(prepared.getOrDefault(sequence, Map.of()));
            perhapsPrepared.clear();
        }
        end(sequence);
    }

    private void abort(KeyValueStore store, long sequence) throws Exception {
        store.abort(id(sequence));
        if (prepared.containsKey(sequence)) {
            perhapsPrepared.add(sequence);
        }
        end(sequence);
    }

    private void onePhase(KeyValueStore store, long sequence) throws Exception {
        Map<String, String> work = working.remove(sequence);
        assertEquals(work == null ? Ending.UNKNOWN : Ending.COMMITTED, store.commitOnePhase(id(sequence)));
        if (work != null && !work.isEmpty()) {
            apply(work);
            perhapsPrepared.clear();
        }
        end(sequence);
    }

    private void again(KeyValueStore store) throws Exception {
        TransactionId over = id(ended.get(random.nextInt(ended.size())));
        assertEquals(Vote.NO, store.prepare(over));
        store.commit(over);
        store.abort(over);
        assertEquals(Ending.UNKNOWN, store.commitOnePhase(over));
        if (!prepared.isEmpty()) {
            assertEquals(Vote.YES, store.prepare(id(any(prepared.keySet()))));
        }
    }

    private void apply(Map<String, String> work) {
        committed.putAll(work);
        committed.values().removeIf(String::isEmpty);
    }

    private void end(long sequence) {
        working.remove(sequence);
        prepared.remove(sequence);
        locked.values().removeIf(holder -> holder == sequence);
        ended.add(sequence);
    }

    private void crashed(KeyValueStore store) throws Exception {
        List.copyOf(working.keySet()).forEach(this::end);
        locked.entrySet()
                .removeIf(lock ->
                        !prepared.getOrDefault(lock.getValue(), Map.of()).containsKey(lock.getKey()));
        for (TransactionId id : store.inDoubt()) {
            if (!prepared.containsKey(id.sequence())) {
                assertTrue(perhapsPrepared.contains(id.sequence()), () -> id + " is in doubt");
                store.abort(id);
            }
        }
    }

    private void check(KeyValueStore store) {
        assertEquals(prepared.keySet().stream().map(FakeTransaction::id).toList(), List.copyOf(store.inDoubt()));
        for (int i = 0; i < KEYS; i++) {
            String key = "key" + i;
            assertEquals(Optional.ofNullable(committed.get(key)), store.get(key), key);
        }
    }
}
