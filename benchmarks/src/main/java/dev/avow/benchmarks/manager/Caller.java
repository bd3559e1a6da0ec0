package dev.avow.benchmarks.manager;

import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One thread that commits transaction after transaction over its two resources. */
@State(Scope.Thread)
public class Caller {
    private final NoOpResource first;
    private final NoOpResource second;
    private Manager.Work work = () -> {};
    private long begun;

    public Caller() {
        this(new NoOpResource(), new NoOpResource());
    }

    Caller(NoOpResource first, NoOpResource second) {
        this.first = first;
        this.second = second;
    }

    @Setup
    public void prepare(Managed managed) throws Exception {
        work = managed.running().work(first, second);
    }

    public void commitOne() throws Exception {
        begun++;
        work.run();
    }

    /** A rate at which something was left out is none. */
    @TearDown(Level.Iteration)
    public void requireBothPhases() {
        require("prepared", first.prepared(), second.prepared());
        require("committed", first.committed(), second.committed());
    }

    private void require(String what, long inFirst, long inSecond) {
        if (inFirst != begun || inSecond != begun) {
            throw new IllegalStateException(
                    begun + " transactions were committed, but " + inFirst + " and " + inSecond + " branches " + what);
        }
    }
}
