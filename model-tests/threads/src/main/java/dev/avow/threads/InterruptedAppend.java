package dev.avow.threads;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.avow.engine.DecisionLog;
import dev.avow.threads.world.Logs;
import dev.avow.threads.world.Meeting;
import dev.avow.threads.world.MemoryFiles;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * A committer is interrupted while it waits for its record, as the leader in the midst of a force or as a follower that
 * is parked: whoever forces first interrupts it.
 *
 * <pre>
 *   append    interrupt   other committer, and one afterwards   |
 *   durable   kept        durable, durable                      | allowed
 *   anything else: a wait cut short, an interrupt swallowed,    | forbidden
 *   a log that is broken for others or from then on             |
 * </pre>
 */
@JCStressTest
@State
@Outcome(id = "durable interrupted, durable, a third durable", expect = ACCEPTABLE, desc = "Nobody is harmed.")
public class InterruptedAppend {
    private final MemoryFiles disk = new MemoryFiles();
    private final DecisionLog log = Logs.open(disk);
    private final Meeting meeting = new Meeting();
    private final AtomicReference<Optional<Thread>> victim = new AtomicReference<>(Optional.empty());

    @Actor
    public void interrupted(LLL_Result result) {
        victim.set(Optional.of(Thread.currentThread()));
        disk.beforeForce(this::interrupt);
        meeting.meet();
        String appended = Logs.append(log, disk, 1);
        result.r1 = appended + (Thread.interrupted() ? " interrupted" : "");
    }

    /** Once, and before anybody's record can be durable. */
    private void interrupt() {
        victim.getAndSet(Optional.empty()).ifPresent(Thread::interrupt);
        Meeting.linger(200);
    }

    @Actor
    public void other(LLL_Result result) {
        meeting.meet();
        result.r2 = Logs.append(log, disk, 2);
    }

    @Arbiter
    public void audit(LLL_Result result) {
        result.r3 = "a third " + Logs.append(log, disk, 3);
    }
}
