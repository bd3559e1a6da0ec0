package dev.avow.engine.log;

import java.util.ArrayList;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/** The log's group commit, over a sink that may have one leader at a time and a state that is read by anyone. */
@Param(name = "record", gen = IntGen.class, conf = "1:9")
public class ScheduledGroup {
    private final GroupCommit group = new GroupCommit("memory", this::write);
    private boolean led; // kept by the group's exclusivity alone
    private final List<Integer> state = new ArrayList<>(); // guarded by itself

    private void write(List<byte[]> records) {
        if (led) {
            throw new IllegalStateException("two leaders at a time");
        }
        led = true;
        synchronized (state) {
            records.forEach(record -> state.add((int) record[0]));
        }
        led = false;
    }

    @Operation(params = "record")
    public void append(int record) {
        group.append(new byte[] {(byte) record});
    }

    @Operation(params = "record")
    public void appendUnforcedAndFlush(int record) {
        group.appendUnforced(new byte[] {(byte) record});
        group.flush();
    }

    @Operation
    public List<Integer> read() {
        synchronized (state) {
            return new ArrayList<>(state);
        }
    }
}
