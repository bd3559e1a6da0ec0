package dev.avow.engine.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/** Group commit without the wait: whoever finds a leader leaves its record there and goes. Lincheck must find it. */
@Param(name = "record", gen = IntGen.class, conf = "1:9")
public class HastyGroup {
    private final Queue<Integer> pending = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean led = new AtomicBoolean();
    private final List<Integer> state = new ArrayList<>(); // guarded by itself

    @Operation(params = "record")
    public void append(int record) {
        pending.add(record);
        if (led.compareAndSet(false, true)) {
            for (Integer next = pending.poll(); next != null; next = pending.poll()) {
                write(next);
            }
            led.set(false);
        }
    }

    @Operation(params = "record")
    public void appendUnforcedAndFlush(int record) {
        append(record);
    }

    private void write(int record) {
        synchronized (state) {
            state.add(record);
        }
    }

    @Operation
    public List<Integer> read() {
        synchronized (state) {
            return new ArrayList<>(state);
        }
    }
}
