package dev.avow.jta;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import java.util.List;
import java.util.Map;

/** Writes down when it is called, and in which status. */
final class Noted implements Synchronization {
    private static final Map<Integer, String> WORDS = Map.of(
            Status.STATUS_COMMITTED,
            "committed",
            Status.STATUS_ROLLEDBACK,
            "rolled back",
            Status.STATUS_UNKNOWN,
            "unknown");

    private final String name;
    private final List<String> notes;
    private final Runnable before;

    Noted(String name, List<String> notes) {
        this(name, notes, () -> {});
    }

    Noted(String name, List<String> notes, Runnable before) {
        this.name = name;
        this.notes = notes;
        this.before = before;
    }

    @Override
    public void beforeCompletion() {
        notes.add(name + " before");
        before.run();
    }

    @Override
    public void afterCompletion(int status) {
        notes.add(name + " " + WORDS.getOrDefault(status, String.valueOf(status)));
    }
}
