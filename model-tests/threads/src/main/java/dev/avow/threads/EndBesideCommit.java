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
 * An end, which nobody waits for, is appended while a commit is forced, and the log is closed then.
 *
 * <pre>
 *   commit    what the log holds          |
 *   durable   the commit, and the end     | allowed
 *   anything else: the end is lost        | forbidden (its transaction would be told for ever)
 *   between two leaders                   |
 * </pre>
 */
@JCStressTest
@State
@Outcome(id = "durable, found \\[2\\]", expect = ACCEPTABLE, desc = "The end rode with the commit, or with the close.")
public class EndBesideCommit {
    private final MemoryFiles disk = new MemoryFiles();
    private final DecisionLog log = Logs.open(disk);
    private final Meeting meeting = new Meeting();

    public EndBesideCommit() {
        log.appendCommit(Logs.commit(1));
        disk.beforeForce(() -> Meeting.linger(200));
    }

    @Actor
    public void end() {
        meeting.meetAndLinger(200);
        log.appendEnd(Logs.id(1));
    }

    @Actor
    public void commit(LL_Result result) {
        meeting.meet();
        result.r1 = Logs.append(log, disk, 2);
    }

    @Arbiter
    public void audit(LL_Result result) {
        log.close();
        result.r2 = "found " + Logs.found(disk);
    }
}
