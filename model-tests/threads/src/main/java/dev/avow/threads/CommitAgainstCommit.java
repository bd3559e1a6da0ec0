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
 * Two threads commit one transaction.
 *
 * <pre>
 *   first       second      participants, each asked once   |
 *   committed   committed   both committed                  | allowed
 *   anything else                                           | forbidden (Agreement)
 * </pre>
 */
@JCStressTest
@State
@Outcome(id = "committed, committed, both committed, one outcome", expect = ACCEPTABLE, desc = "It is committed once.")
public class CommitAgainstCommit {
    private static final Shop SHOP = Shop.open();

    private final Transaction transaction = SHOP.begin();
    private final Meeting meeting = new Meeting();

    @Actor
    public void first(LLL_Result result) {
        meeting.meet();
        result.r1 = Shop.word(transaction.commit());
    }

    @Actor
    public void second(LLL_Result result) {
        meeting.meetAndLinger(20);
        result.r2 = Shop.word(transaction.commit());
    }

    @Arbiter
    public void audit(LLL_Result result) {
        String outcomes = transaction.commit() == transaction.abort() ? "one outcome" : "several outcomes";
        result.r3 = SHOP.fate(transaction.id()) + ", " + outcomes;
    }
}
