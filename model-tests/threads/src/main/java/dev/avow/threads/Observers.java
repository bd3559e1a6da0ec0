package dev.avow.threads;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import dev.avow.engine.Transaction;
import dev.avow.threads.world.Meeting;
import dev.avow.threads.world.Shop;
import dev.avow.threads.world.Sightings;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * Two transactions of one coordinator commit at once, and each thread reads what the observer has seen of its own. The
 * observer keeps a plain list for each: some steps are taken in the committer's thread and some in the coordinator's, and
 * only the engine orders them.
 *
 * <pre>
 *   first      second     |
 *   complete   complete   | allowed: each step once, in the specification's order, by the time commit returns
 *   anything else         | forbidden
 * </pre>
 */
@JCStressTest
@State
@Outcome(id = "complete, complete", expect = ACCEPTABLE, desc = "Each sees all of its own.")
public class Observers {
    private static final Sightings SIGHTINGS = new Sightings();
    private static final Shop SHOP = Shop.open(options -> options.withObserver(SIGHTINGS));

    private final Meeting meeting = new Meeting();
    private final Transaction one = SHOP.begin();
    private final Transaction another = SHOP.begin();

    public Observers() {
        SIGHTINGS.expect(one.id());
        SIGHTINGS.expect(another.id());
    }

    @Actor
    public void first(LL_Result result) {
        result.r1 = commit(one);
    }

    @Actor
    public void second(LL_Result result) {
        result.r2 = commit(another);
    }

    private String commit(Transaction transaction) {
        meeting.meet();
        var unused = transaction.commit();
        List<String> seen = SIGHTINGS.take(transaction.id());
        String unusedFate = SHOP.fate(transaction.id());
        return seen.equals(Sightings.OF_A_COMMIT) ? "complete" : String.join(" ", seen);
    }
}
