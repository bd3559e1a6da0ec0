package dev.avow.threads;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.avow.engine.Transaction;
import dev.avow.threads.world.Meeting;
import dev.avow.threads.world.Shop;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * One thread commits a transaction of two participants while another aborts it.
 *
 * <pre>
 *   commit      abort       participants, and the lookup       |
 *   committed   committed   both committed, committed          | allowed: the commit came first
 *   aborted     aborted     both aborted, aborted              | allowed: the abort came first
 *   anything else                                              | forbidden (Agreement)
 * </pre>
 */
@JCStressTest
@State
@Outcome(id = "committed, committed, both committed, found committed", expect = ACCEPTABLE, desc = "Commit came first.")
@Outcome(id = "aborted, aborted, both aborted, found aborted", expect = ACCEPTABLE, desc = "Abort came first.")
public class CommitAgainstAbort {
    private static final Shop SHOP = Shop.open();

    private final Transaction transaction = SHOP.begin();
    private final Meeting meeting = new Meeting();

    @Actor
    public void commit(LLL_Result result) {
        meeting.meetAndLinger(20);
        result.r1 = Shop.word(transaction.commit());
    }

    @Actor
    public void abort(LLL_Result result) {
        meeting.meetAndLinger(20);
        result.r2 = Shop.word(transaction.abort());
    }

    @Arbiter
    public void audit(LLL_Result result) {
        result.r3 = SHOP.fate(transaction.id()) + ", found " + Shop.found(SHOP.avow, transaction.id());
    }
}
