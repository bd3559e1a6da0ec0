package dev.avow.simulator.world;

import dev.avow.engine.TransactionId;
import dev.avow.engine.participant.Resource;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A participant's database: the numbers of the transactions that it has committed.
 *
 * <pre>
 *   a transaction's work:   | number 4 | padding: makes some records longer than a sector, so that they can tear |
 *   a snapshot's piece:     | -1       | number 4 | number 4 | ...
 * </pre>
 */
final class Ledger implements Resource {
    private static final int SNAPSHOT = -1;

    /** What a transaction does here. */
    enum Deed {
        WRITES,
        READS,
        FAILS
    }

    private interface Work {
        Optional<byte[]> bytes();
    }

    private final BitSet applied = new BitSet();
    private final Map<TransactionId, Work> works = new HashMap<>(); // looked up, never walked through
    private boolean appliedTwice;

    void work(Truth truth, Deed deed, int padding) {
        byte[] bytes = ByteBuffer.allocate(4 + padding).putInt(truth.number).array();
        for (int at = 4; at < bytes.length; at++) {
            bytes[at] = (byte) at;
        }
        works.put(
                truth.id,
                switch (deed) {
                    case WRITES -> () -> Optional.of(bytes);
                    case READS -> Optional::empty;
                    case FAILS -> failing(truth.id);
                });
    }

    /** Whatever asks for this work from now on hears that it failed. */
    void fail(TransactionId id) {
        works.put(id, failing(id));
    }

    private static Work failing(TransactionId id) {
        return () -> {
            throw new IllegalStateException("the work of " + id + " can't be committed");
        };
    }

    boolean holds(TransactionId id) {
        return works.containsKey(id);
    }

    boolean hasApplied(Truth truth) {
        return applied.get(truth.number);
    }

    boolean hasAppliedTwice() {
        return appliedTwice;
    }

    @Override
    public Optional<byte[]> work(TransactionId id) {
        return Optional.ofNullable(works.get(id)).flatMap(Work::bytes);
    }

    @Override
    public void hold(TransactionId id, byte[] bytes) {
        works.put(id, () -> Optional.of(bytes));
    }

    @Override
    public void apply(byte[] bytes) {
        ByteBuffer work = ByteBuffer.wrap(bytes);
        int number = work.getInt();
        if (number != SNAPSHOT) {
            appliedTwice |= applied.get(number);
            applied.set(number);
            return;
        }
        while (work.hasRemaining()) {
            applied.set(work.getInt());
        }
    }

    @Override
    public void release(TransactionId id) {
        works.remove(id);
    }

    @Override
    public void snapshot(Consumer<byte[]> sink) {
        ByteBuffer piece = ByteBuffer.allocate(4 + 4 * applied.cardinality()).putInt(SNAPSHOT);
        applied.stream().forEach(piece::putInt);
        sink.accept(piece.array());
    }
}
