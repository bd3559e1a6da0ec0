package dev.avow.threads;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.avow.engine.Transaction;
import dev.avow.threads.world.Meeting;
import dev.avow.threads.world.Shop;
import java.util.Optional;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * A thread is interrupted while it commits with a single participant, which then decides alone.
 *
 * <pre>
 *   commit      interrupt   participant   |
 *   committed   kept        committed     | allowed: the answer was there
 *   in doubt    kept        committed     | allowed: it was asked, and the answer isn't there yet
 *   aborted     kept        aborted       | allowed: it wasn't asked yet
 *   anything else                         | forbidden
 * </pre>
 */
@JCStressTest
@State
@Outcome(id = "committed interrupted, committed", expect = ACCEPTABLE, desc = "The answer was there.")
@Outcome(id = "indoubt interrupted, committed", expect = ACCEPTABLE, desc = "It was asked.")
@Outcome(id = "aborted interrupted, aborted", expect = ACCEPTABLE, desc = "It wasn't asked yet.")
public class InterruptedOnePhase {
    private static final Shop SHOP = Shop.open();

    private final Transaction transaction = SHOP.beginAlone();
    private final Meeting meeting = new Meeting();
    private final Meeting end = new Meeting();
    private volatile Optional<Thread> committer = Optional.empty();

    @Actor
    public void commit(LL_Result result) {
        committer = Optional.of(Thread.currentThread());
        meeting.meetAndLinger(50);
        String outcome = Shop.word(transaction.commit());
        end.meet();
        result.r1 = outcome + (Thread.interrupted() ? " interrupted" : "");
    }

    @Actor
    public void interrupt() {
        meeting.meetAndLinger(1_000);
        committer.ifPresent(Thread::interrupt);
        end.meet();
    }

    @Arbiter
    public void audit(LL_Result result) {
        result.r2 = SHOP.settledFateAlone(transaction.id(), "indoubt interrupted".equals(result.r1));
    }
}
