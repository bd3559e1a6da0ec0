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
 * One thread begins a transaction, enlists and commits while another closes the coordinator; it is opened again then, and
 * recovers.
 *
 * <pre>
 *   begin to commit   participants, and the lookup after the next start   |
 *   committed         both committed, committed                           | allowed: the close came last
 *   aborted           both aborted, aborted                               | allowed: the close came in between
 *   refused           nothing                                             | allowed: the close came first, or
 *                                                                         | before the participants were enlisted
 *   anything else: a transaction that the close has missed                | forbidden
 * </pre>
 */
@JCStressTest
@State
@Outcome(id = "committed, both committed, found committed", expect = ACCEPTABLE, desc = "The close came last.")
@Outcome(id = "aborted, both aborted, found aborted", expect = ACCEPTABLE, desc = "The close came in between.")
@Outcome(id = "refused, nothing in doubt", expect = ACCEPTABLE, desc = "The close came first.")
public class BeginAgainstClose {
    private final Shop shop = Shop.open();
    private final Meeting meeting = new Meeting();
    private Optional<Transaction> begun = Optional.empty();

    @Actor
    public void commit(LL_Result result) {
        meeting.meetAndLinger(200);
        try {
            Transaction transaction = shop.begin();
            begun = Optional.of(transaction);
            result.r1 = Shop.word(transaction.commit());
        } catch (IllegalStateException closed) {
            result.r1 = "refused";
        }
    }

    @Actor
    public void close() {
        meeting.meetAndLinger(200);
        shop.avow.close();
    }

    @Arbiter
    public void audit(LL_Result result) {
        result.r2 = begun.map(transaction -> shop.audit(transaction.id())).orElseGet(shop::inDoubt);
    }
}
