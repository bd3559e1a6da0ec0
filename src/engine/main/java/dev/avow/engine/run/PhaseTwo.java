package dev.avow.engine.run;

import dev.avow.engine.HeuristicRecord;
import dev.avow.engine.TransactionId;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The effects of phase two. Guarded by the lock of its {@link Telling}. */
final class PhaseTwo extends Carrier {
    private static final Logger LOG = LoggerFactory.getLogger(PhaseTwo.class);

    private final TransactionId id;
    private final String name;
    private final List<Branch> branches;
    private final Alone alone;
    private final Outbox outbox;
    private final Engine engine;

    PhaseTwo(TransactionId id, String name, List<Branch> branches, Alone alone, Outbox outbox, Engine engine) {
        this.id = id;
        this.name = name;
        this.branches = branches;
        this.alone = alone;
        this.outbox = outbox;
        this.engine = engine;
    }

    @Override
    public void commit(int number) {
        Branch branch = branches.get(number);
        if (alone.mayForget(branch)) {
            forget(number);
        } else {
            tell(branch, Ask.COMMIT);
        }
    }

    @Override
    public void abort(int number) {
        tell(branches.get(number), Ask.ABORT);
    }

    @Override
    public void forget(int number) {
        tell(branches.get(number), Ask.FORGET);
    }

    private void tell(Branch branch, Ask<Boolean> order) {
        outbox.add(new Call<>(branch, id, name, order, engine.observed()));
    }

    @Override
    public void forceReport(int number) {
        HeuristicRecord found = alone.report(branches.get(number), id, name);
        engine.log().appendHeuristic(found);
        LOG.warn(Words.of(found));
    }

    @Override
    public void appendEndRecord() {
        engine.log().appendEnd(id);
    }
}
