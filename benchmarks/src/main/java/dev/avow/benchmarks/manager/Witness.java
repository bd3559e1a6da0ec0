package dev.avow.benchmarks.manager;

import java.io.File;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;

/**
 * Lets whoever traces the system calls see when it was asked to prepare and to commit: by asking for a file that isn't
 * there. What is forced between the two is what the decision waited for.
 */
final class Witness extends NoOpResource {
    /** What it answers to a prepare. */
    enum Answer {
        YES,
        READ_ONLY,
        NO
    }

    private final File prepared;
    private final File committed;
    private final Answer answer;

    /** One of those that this thread enlists: the system's calls name the thread. */
    Witness(int thread, Answer answer) {
        prepared = new File("/witness-prepared-" + thread);
        committed = new File("/witness-committed-" + thread);
        this.answer = answer;
    }

    @Override
    public int prepare(Xid xid) throws XAException {
        requireMissing(prepared);
        int ok = super.prepare(xid);
        return switch (answer) {
            case YES -> ok;
            case READ_ONLY -> XA_RDONLY;
            case NO -> throw new XAException(XAException.XA_RBROLLBACK);
        };
    }

    @Override
    public void commit(Xid xid, boolean onePhase) throws XAException {
        requireMissing(committed);
        // Where the other branch was read-only, some managers commit the last one in one phase.
        if (!onePhase || answer == Answer.YES) {
            super.commit(xid, onePhase);
        }
    }

    private static void requireMissing(File file) {
        if (file.exists()) {
            throw new IllegalStateException(file + " exists, which no program but this one should have a use for");
        }
    }
}
