package dev.avow.benchmarks.disk;

import java.io.IOException;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One append to a preallocated file and one force, as the log does it: the least that a durable decision takes. */
@State(Scope.Thread)
public class OneForce {
    private final ForcedFile file = new ForcedFile();

    public void append() throws IOException {
        file.append(1);
    }

    @TearDown
    public void close() throws IOException {
        file.close();
    }
}
