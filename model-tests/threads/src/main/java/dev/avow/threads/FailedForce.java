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
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * Two committers append at once, on a disk whose forces fail from now on.
 *
 * <pre>
 *   first     second    afterwards                             |
 *   failed    failed    refuses a third, opens again empty     | allowed
 *   anything else: an acknowledgement without a force, a       | forbidden (DecisionDurable)
 *   retried force, a follower that nobody tells                |
 * </pre>
 */
@JCStressTest
@State
@Outcome(
        id = "LogFailedException, LogFailedException, a third LogFailedException, found \\[\\]",
        expect = ACCEPTABLE,
        desc = "Leader and follower both hear of it.")
public class FailedForce {
    private final MemoryFiles disk = new MemoryFiles();
    private final DecisionLog log = Logs.open(disk);
    private final Meeting meeting = new Meeting();

    public FailedForce() {
        disk.beforeForce(() -> Meeting.linger(200));
        disk.failForces();
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
        result.r3 = "a third " + Logs.append(log, disk, 3) + ", found " + Logs.found(disk);
    }
}
