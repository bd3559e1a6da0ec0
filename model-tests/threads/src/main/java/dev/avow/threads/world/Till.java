package dev.avow.threads.world;

import dev.avow.engine.Participant;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.Vote;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A participant that keeps its promises and remembers what it was asked of each transaction. */
public class Till implements Participant {

    private enum Call {
        PREPARE,
        COMMIT,
        ABORT
    }

    private final String name;
    private final boolean mayBlock;
    private final Map<TransactionId, Set<Call>> calls = new ConcurrentHashMap<>();
    private final Map<TransactionId, Runnable> beforeVote = new ConcurrentHashMap<>();

    public Till(String name, boolean mayBlock) {
        this.name = name;
        this.mayBlock = mayBlock;
    }

    /** Lets something else happen before it votes on this transaction. */
    public void beforeVote(TransactionId id, Runnable step) {
        beforeVote.put(id, step);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public boolean mayBlock() {
        return mayBlock;
    }

    @Override
    public Vote prepare(TransactionId id) {
        Optional.ofNullable(beforeVote.remove(id)).ifPresent(Runnable::run);
        // What was aborted meanwhile isn't held any more. (UnknownVotesNo)
        return called(id, Call.PREPARE).contains(Call.ABORT) ? Vote.NO : Vote.YES;
    }

    @Override
    public void commit(TransactionId id) {
        called(id, Call.COMMIT);
    }

    @Override
    public void abort(TransactionId id) {
        called(id, Call.ABORT);
    }

    private Set<Call> called(TransactionId id, Call call) {
        return calls.merge(id, EnumSet.of(call), Till::both);
    }

    private static Set<Call> both(Set<Call> before, Set<Call> now) {
        EnumSet<Call> both = EnumSet.copyOf(before);
        both.addAll(now);
        return both;
    }

    @Override
    public Collection<TransactionId> inDoubt() {
        return calls.entrySet().stream()
                .filter(entry -> entry.getValue().equals(EnumSet.of(Call.PREPARE)))
                .map(Map.Entry::getKey)
                .toList();
    }

    public boolean hasHeardOf(TransactionId id) {
        return calls.containsKey(id);
    }

    /** Whether it has prepared this transaction and heard no decision. */
    public boolean isInDoubt(TransactionId id) {
        return EnumSet.of(Call.PREPARE).equals(calls.get(id));
    }

    /** How this transaction has ended here; it is forgotten then. */
    public String fate(TransactionId id) {
        beforeVote.remove(id);
        Set<Call> heard = Optional.ofNullable(calls.remove(id)).orElse(Set.of());
        if (heard.contains(Call.COMMIT)) {
            return heard.equals(EnumSet.of(Call.PREPARE, Call.COMMIT)) ? "committed" : "committed, heard " + heard;
        }
        return heard.contains(Call.ABORT) || heard.isEmpty() ? "aborted" : "in doubt";
    }
}
