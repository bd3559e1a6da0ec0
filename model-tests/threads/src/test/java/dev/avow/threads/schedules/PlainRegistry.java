package dev.avow.threads.schedules;

import java.util.HashMap;
import java.util.Map;

/** What a coordinator's map of transactions is to one thread. */
public class PlainRegistry {
    private final Map<Integer, String> transactions = new HashMap<>();

    public void begin(int slot) {
        transactions.putIfAbsent(slot, "running");
    }

    public String commit(int slot) {
        return end(slot, "committed");
    }

    public String abort(int slot) {
        return end(slot, "aborted");
    }

    private String end(int slot, String outcome) {
        transactions.replace(slot, "running", outcome);
        return outcomeOf(slot);
    }

    public String outcomeOf(int slot) {
        return transactions.getOrDefault(slot, "not begun");
    }
}
