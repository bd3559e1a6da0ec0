package dev.avow.threads;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.avow.engine.DecisionLog;
import dev.avow.threads.world.Logs;
import dev.avow.threads.world.Meeting;
import dev.avow.threads.world.MemoryFiles;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * Two committers append at once, on a disk that takes its time: one leads and writes, the other follows, is written with
 * it, or leads next.
 *
 * <pre>
 *   first     second    what the log holds       |
 *   durable   durable   both, in one order       | allowed, forced together or one after the other
 *   anything else: not durable or not applied    | forbidden (DecisionDurable)
 *   when acknowledged, lost, twice, or in        |
 *   another order than it was applied            |
 * </pre>
 */
@JCStressTest
@State
@Outcome(id = "durable, durable, both in one order by 1 force", expect = ACCEPTABLE, desc = "One rode with the other.")
@Outcome(id = "durable, durable, both in one order by 2 forces", expect = ACCEPTABLE, desc = "Each paid for its own.")
public class LeaderAndFollower {
    private final MemoryFiles disk = new MemoryFiles();
    private final DecisionLog log = Logs.open(disk);
    private final int forcesBefore = disk.forces();
    private final Meeting meeting = new Meeting();

    public LeaderAndFollower() {
        disk.beforeForce(() -> Meeting.linger(200));
    }

    @Actor
    public void first(LLL_Result result) {
        meeting.meet();
        result.r1 = Logs.append(log, disk, 1);
    }

    @Actor
    public void second(LLL_Result result) {
        meeting.meet();
        result.r2 = Logs.append(log, disk, 2);
    }

    @Arbiter
    public void audit(LLL_Result result) {
        int forces = disk.forces() - forcesBefore;
        List<Long> applied = Logs.sequences(log.unfinished());
        List<Long> found = Logs.found(disk);
        result.r3 = found.equals(applied) && (found.equals(List.of(1L, 2L)) || found.equals(List.of(2L, 1L)))
                ? "both in one order by " + forces + (forces == 1 ? " force" : " forces")
                : "applied " + applied + ", found " + found;
    }
}
