package dev.avow.engine.run;

import dev.avow.engine.HeuristicRecord;
import dev.avow.engine.Participant;
import dev.avow.engine.TransactionId;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The effects of phase two. Guarded by the lock of its {@link Telling}. */
final class PhaseTwo extends Carrier {
    private static final Logger LOG = LoggerFactory.getLogger(PhaseTwo.class);

    /** What a participant is told, as the specification calls it. */
    private enum Order {
        COMMIT("commit") {
            @Override
            void give(Participant participant, TransactionId id) throws Exception {
                participant.commit(id);
            }
        },
        ABORT("abort") {
            @Override
            void give(Participant participant, TransactionId id) throws Exception {
                participant.abort(id);
            }
        },
        FORGET("forget") {
            @Override
            void give(Participant participant, TransactionId id) throws Exception {
                participant.forget(id);
            }
        };

        private final String message;

        Order(String message) {
            this.message = message;
        }

        abstract void give(Participant participant, TransactionId id) throws Exception;
    }

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
            tell(branch, Order.COMMIT);
        }
    }

    @Override
    public void abort(int number) {
        tell(branches.get(number), Order.ABORT);
    }

    @Override
    public void forget(int number) {
        tell(branches.get(number), Order.FORGET);
    }

    private void tell(Branch branch, Order order) {
        outbox.add(
                branch,
                () -> engine.observed().call(id, name, branch.name(), order.message, () -> {
                    order.give(branch.participant(), id);
                    return true;
                }));
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
