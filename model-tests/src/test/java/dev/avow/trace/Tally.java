package dev.avow.trace;

import dev.avow.engine.TransactionId;
import dev.avow.engine.participant.Resource;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A resource that counts what was committed: the smallest one that has work, refuses it, or has none. */
final class Tally implements Resource {
    /** How a transaction's work turns out when it is asked for. */
    enum Kind {
        WORK,
        NONE,
        REFUSED
    }

    private static final byte[] ONE = {1};

    private final Map<TransactionId, Kind> open = new ConcurrentHashMap<>();
    private final AtomicLong committed = new AtomicLong();

    void add(TransactionId id, Kind kind) {
        open.put(id, kind);
    }

    @Override
    public Optional<byte[]> work(TransactionId id) {
        return switch (open.getOrDefault(id, Kind.NONE)) {
            case WORK -> Optional.of(ONE);
            case NONE -> Optional.empty();
            case REFUSED -> throw new IllegalStateException("refused, as it was asked to");
        };
    }

    @Override
    public void hold(TransactionId id, byte[] work) {
        open.put(id, Kind.WORK);
    }

    @Override
    public void release(TransactionId id) {
        open.remove(id);
    }

    @Override
    public void apply(byte[] work) {
        committed.addAndGet(work.length == 1 ? 1 : Long.parseLong(new String(work, StandardCharsets.US_ASCII)));
    }

    @Override
    public void snapshot(Consumer<byte[]> sink) {
        // Two digits at least, to be told from one piece of work.
        sink.accept(String.format("%02d", committed.get()).getBytes(StandardCharsets.US_ASCII));
    }
}
