package dev.avow.jta;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * Where a manager's transactions are that nobody has ended: held by threads, or remembered. It keeps neither threads nor
 * transactions alive: one that everybody has let go of is not kept for its end. Nothing is done here for one
 * that begins and ends in its thread and calls nobody. Safe for any number of threads.
 */
final class Running {
    /** Guarded by itself, like remembered. */
    private final Set<Hold> holds = weak();

    private final Set<JtaTransaction> remembered = weak();

    private static <T> Set<T> weak() {
        return Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
    }

    /** One more thread's. */
    void add(Hold hold) {
        holds.add(hold);
    }

    /** One that must hear of the manager's end though its thread may have let go of it, or be dead, by then. */
    void remember(JtaTransaction transaction) {
        remembered.add(transaction);
    }

    void forget(JtaTransaction ended) {
        remembered.remove(ended);
    }

    /** All of them; no thread holds one any more. */
    List<JtaTransaction> takeAll() {
        List<JtaTransaction> all = copyOf(remembered);
        for (Hold hold : copyOf(holds)) {
            hold.transaction().ifPresent(all::add);
            // A pooled thread that lives on would else keep the closed manager in memory.
            hold.release();
        }
        return all;
    }

    private static <T> List<T> copyOf(Set<T> set) {
        synchronized (set) {
            return new ArrayList<>(set);
        }
    }
}
