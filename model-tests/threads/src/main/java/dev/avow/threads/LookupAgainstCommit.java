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
 * One thread commits while another looks the outcome up, twice.
 *
 * <pre>
 *   lookups                |
 *   running, running       | allowed
 *   running, committed     | allowed
 *   committed, committed   | allowed
 *   no record, or aborted  | forbidden (AnswerOnlyDecided): between two places, the transaction was in neither
 *   committed, running     | forbidden: a decision was taken back
 * </pre>
 */
@JCStressTest
@State
@Outcome(id = "committed, running, running", expect = ACCEPTABLE, desc = "Both lookups came first.")
@Outcome(id = "committed, running, committed", expect = ACCEPTABLE, desc = "The commit came in between.")
@Outcome(id = "committed, committed, committed", expect = ACCEPTABLE, desc = "The commit came first.")
public class LookupAgainstCommit {
    private static final Shop SHOP = Shop.open();

    private final Transaction transaction = SHOP.begin();
    private final Meeting meeting = new Meeting();

    @Actor
    public void commit(LLL_Result result) {
        meeting.meet();
        result.r1 = Shop.word(transaction.commit());
    }

    @Actor
    public void lookup(LLL_Result result) {
        meeting.meetAndLinger(2_000);
        result.r2 = Shop.found(SHOP.avow, transaction.id());
        Meeting.linger(500);
        result.r3 = Shop.found(SHOP.avow, transaction.id());
    }

    @Arbiter
    public void forget() {
        String unused = SHOP.fate(transaction.id());
    }
}
