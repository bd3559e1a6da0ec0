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
 * A thread is interrupted while it commits with two participants.
 *
 * <pre>
 *   commit      interrupt   participants     the next commit   |
 *   committed   kept        both committed   committed         | allowed: the decision was there, only waiting ended
 *   aborted     kept        both aborted     committed         | allowed: there was no decision yet
 *   anything else: the flag is swallowed, the log is broken    | forbidden
 * </pre>
 */
@JCStressTest
@State
@Outcome(
        id = "committed interrupted, both committed, next committed",
        expect = ACCEPTABLE,
        desc = "The decision was there.")
@Outcome(id = "aborted interrupted, both aborted, next committed", expect = ACCEPTABLE, desc = "It wasn't there yet.")
public class InterruptedCommit {
    private static final Shop SHOP = Shop.open();

    private final Transaction transaction = SHOP.begin();
    private final Meeting meeting = new Meeting();
    private final Meeting end = new Meeting();
    private volatile Optional<Thread> committer = Optional.empty();

    @Actor
    public void commit(LL_Result result) {
        committer = Optional.of(Thread.currentThread());
        meeting.meet();
        String outcome = Shop.word(transaction.commit());
        end.meet();
        result.r1 = outcome + (Thread.interrupted() ? " interrupted" : "");
    }

    @Actor
    public void interrupt() {
        meeting.meetAndLinger(2_000);
        committer.ifPresent(Thread::interrupt);
        end.meet();
    }

    @Arbiter
    public void audit(LL_Result result) {
        String fate = SHOP.settledFate(transaction.id());
        Transaction next = SHOP.begin();
        result.r2 = fate + ", next " + Shop.word(next.commit());
        String unused = SHOP.settledFate(next.id());
    }
}
