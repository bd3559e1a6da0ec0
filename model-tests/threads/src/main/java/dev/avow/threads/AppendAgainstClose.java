package dev.avow.threads;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.avow.engine.DecisionLog;
import dev.avow.threads.world.Logs;
import dev.avow.threads.world.Meeting;
import dev.avow.threads.world.MemoryFiles;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * A commit is appended while the log is closed.
 *
 * <pre>
 *   append    what the log holds   |
 *   durable   the commit           | allowed: the append came first, and the close waited for it
 *   closed    nothing              | allowed: the close came first
 *   closed    the commit           | forbidden: the caller was told that it isn't recorded
 *   durable   nothing              | forbidden (DecisionDurable)
 * </pre>
 */
@JCStressTest
@State
@Outcome(id = "durable, found \\[1\\]", expect = ACCEPTABLE, desc = "The append came first.")
@Outcome(id = "LogClosedException, found \\[\\]", expect = ACCEPTABLE, desc = "The close came first.")
public class AppendAgainstClose {
    private final MemoryFiles disk = new MemoryFiles();
    private final DecisionLog log = Logs.open(disk);
    private final Meeting meeting = new Meeting();

    @Actor
    public void append(LL_Result result) {
        meeting.meetAndLinger(50);
        result.r1 = Logs.append(log, disk, 1);
    }

    @Actor
    public void close() {
        meeting.meetAndLinger(50);
        log.close();
    }

    @Arbiter
    public void audit(LL_Result result) {
        result.r2 = "found " + Logs.found(disk);
    }
}
