package dev.avow.threads;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.avow.engine.Transaction;
import dev.avow.threads.world.Meeting;
import dev.avow.threads.world.Shop;
import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * The vote of a participant that no thread waits for arrives while the timeout for votes fires.
 *
 * <pre>
 *   commit      participants, and the lookup   |
 *   committed   both committed, committed      | allowed: the vote was in time
 *   aborted     both aborted, aborted          | allowed: the timeout came first, and the vote counts for nothing
 *   anything else                              | forbidden (Agreement)
 * </pre>
 */
@JCStressTest
@State
@Outcome(id = "committed, both committed, found committed", expect = ACCEPTABLE, desc = "The vote was in time.")
@Outcome(id = "aborted, both aborted, found aborted", expect = ACCEPTABLE, desc = "The timeout came first.")
public class LaterVoteAgainstTimeout {
    private static final Shop SHOP = Shop.later(options -> options.withVoteTimeout(Duration.ofNanos(100_000)));

    private final Transaction transaction = SHOP.begin();
    private final Meeting meeting = new Meeting();
    private final Meeting vote = new Meeting();

    public LaterVoteAgainstTimeout() {
        SHOP.orders.beforeVote(transaction.id(), vote::meet);
    }

    @Actor
    public void commit(LL_Result result) {
        meeting.meet();
        result.r1 = Shop.word(transaction.commit());
    }

    /** Not asked for before the coordinator's thread is there, or not at all: it waits for nobody. */
    @Actor
    public void vote() {
        meeting.meetAndLinger(5_000);
        vote.arrive();
    }

    @Arbiter
    public void audit(LL_Result result) {
        result.r2 = SHOP.fate(transaction.id()) + ", found " + Shop.found(SHOP.avow, transaction.id());
    }
}
