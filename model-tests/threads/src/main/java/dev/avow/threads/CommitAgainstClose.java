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
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * One thread commits while another closes the coordinator; it is opened again then, and recovers.
 *
 * <pre>
 *   commit      participants, and the lookup after the next start   |
 *   committed   both committed, committed                           | allowed: the commit came first
 *   aborted     both aborted, aborted                               | allowed: the close came first
 *   anything else                                                   | forbidden (Agreement, DecisionDurable)
 * </pre>
 */
@JCStressTest
@State
@Outcome(id = "committed, both committed, found committed", expect = ACCEPTABLE, desc = "The commit came first.")
@Outcome(id = "aborted, both aborted, found aborted", expect = ACCEPTABLE, desc = "The close came first.")
public class CommitAgainstClose {
    private final Shop shop = Shop.open();
    private final Transaction transaction = shop.begin();
    private final Meeting meeting = new Meeting();

    @Actor
    public void commit(LL_Result result) {
        meeting.meetAndLinger(200);
        result.r1 = Shop.word(transaction.commit());
    }

    @Actor
    public void close() {
        meeting.meetAndLinger(200);
        shop.avow.close();
    }

    @Arbiter
    public void audit(LL_Result result) {
        result.r2 = shop.audit(transaction.id());
    }
}
