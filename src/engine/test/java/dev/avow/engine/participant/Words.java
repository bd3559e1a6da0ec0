package dev.avow.engine.participant;

import dev.avow.engine.LogFullException;
import dev.avow.engine.TransactionId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/** A resource that says what is done to it: each transaction's work is a word, and its state is all the words. */
final class Words implements Resource {

    final List<String> applied = new ArrayList<>();
    final List<String> calls = new ArrayList<>();
    final TreeSet<TransactionId> holding = new TreeSet<>();
    private final Map<TransactionId, String> words = new HashMap<>();
    private boolean refusing;
    private boolean full;

    void say(TransactionId id, String word) {
        words.put(id, word);
        holding.add(id);
    }

    void setRefusing(boolean isRefusing) {
        refusing = isRefusing;
    }

    /** As if there were no space for the log's next segment: what a snapshot throws is what it would. */
    void setFull(boolean isFull) {
        full = isFull;
    }

    @Override
    public Optional<byte[]> work(TransactionId id) {
        calls.add("work");
        if (refusing) {
            throw new IllegalStateException("out of paper");
        }
        return Optional.ofNullable(words.get(id)).map(word -> word.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void hold(TransactionId id, byte[] work) {
        say(id, new String(work, StandardCharsets.UTF_8));
    }

    @Override
    public void apply(byte[] work) {
        calls.add("apply");
        applied.add(new String(work, StandardCharsets.UTF_8));
    }

    @Override
    public void release(TransactionId id) {
        calls.add("release");
        words.remove(id);
        holding.remove(id);
    }

    @Override
    public void snapshot(Consumer<byte[]> sink) {
        if (full) {
            throw new LogFullException("no space for the next segment");
        }
        applied.forEach(word -> sink.accept(word.getBytes(StandardCharsets.UTF_8)));
    }
}
