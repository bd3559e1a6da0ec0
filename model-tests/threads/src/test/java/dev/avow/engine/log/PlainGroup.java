package dev.avow.engine.log;

import java.util.ArrayList;
import java.util.List;

/** What group commit is to one thread. */
public class PlainGroup {
    private final List<Integer> state = new ArrayList<>();

    public void append(int record) {
        state.add(record);
    }

    public void appendUnforcedAndFlush(int record) {
        state.add(record);
    }

    public List<Integer> read() {
        return new ArrayList<>(state);
    }
}
