package dev.avow.benchmarks.memory;

import dev.avow.benchmarks.manager.NoOpResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The cheapest loop that makes all the calls of a transaction: a number, a current transaction of the thread, two XIDs,
 * start, end, prepare and commit of both resources. No log, no timeout, no recovery, no status, no second thread: whatever a
 * manager does beyond that costs something.
 */
@State(Scope.Thread)
public class CheapestManager {
    private static final AtomicLong SEQUENCE = new AtomicLong();
    private static final ThreadLocal<Optional<Cheapest>> CURRENT = ThreadLocal.withInitial(Optional::empty);

    private final NoOpResource first = new NoOpResource();
    private final NoOpResource second = new NoOpResource();

    private record Branch(XAResource resource, Xid xid) {}

    private static final class Name implements Xid {
        private final byte[] gtrid;
        private final byte[] bqual;

        Name(byte[] gtrid, byte[] bqual) {
            this.gtrid = gtrid;
            this.bqual = bqual;
        }

        @Override
        public int getFormatId() {
            return 1;
        }

        @Override
        public byte[] getGlobalTransactionId() {
            return gtrid;
        }

        @Override
        public byte[] getBranchQualifier() {
            return bqual;
        }
    }

    private static final class Cheapest {
        private final byte[] gtrid = new byte[16];
        private final List<Branch> branches = new ArrayList<>(2);

        Cheapest(long sequence) {
            for (int i = 0; i < Long.BYTES; i++) {
                gtrid[i] = (byte) (sequence >>> (i * Byte.SIZE));
            }
        }

        void enlist(XAResource resource) throws XAException {
            Branch branch = new Branch(resource, new Name(gtrid, new byte[] {(byte) branches.size()}));
            resource.start(branch.xid, XAResource.TMNOFLAGS);
            branches.add(branch);
        }

        void commit() throws XAException {
            for (Branch branch : branches) {
                branch.resource.end(branch.xid, XAResource.TMSUCCESS);
                branch.resource.prepare(branch.xid);
            }
            for (Branch branch : branches) {
                branch.resource.commit(branch.xid, false);
            }
        }
    }

    @Setup
    public void begin() {
        CURRENT.remove();
    }

    public long commitOne() throws XAException {
        CURRENT.set(Optional.of(new Cheapest(SEQUENCE.incrementAndGet())));
        CURRENT.get().orElseThrow().enlist(first);
        CURRENT.get().orElseThrow().enlist(second);
        CURRENT.get().orElseThrow().commit();
        CURRENT.set(Optional.empty());
        return first.committed() + second.committed();
    }
}
