package dev.avow.threads.schedules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a decision log is to one thread. */
public class PlainLog {
    private final Set<Long> unfinished = new LinkedHashSet<>();
    private final Set<Long> finished = new HashSet<>();

    public void append(int sequence) {
        unfinished.add((long) sequence);
    }

    public void end(int sequence) {
        if (unfinished.remove((long) sequence)) {
            finished.add((long) sequence);
        }
    }

    public boolean remembers(int sequence) {
        return unfinished.contains((long) sequence) || finished.contains((long) sequence);
    }

    public List<Long> unfinished() {
        return new ArrayList<>(unfinished);
    }
}
