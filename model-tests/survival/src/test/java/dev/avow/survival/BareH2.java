package dev.avow.survival;

import dev.avow.engine.Outcome;
import dev.avow.engine.Participant;
import dev.avow.engine.Transaction;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.CoordinatorState;
import dev.avow.xa.XaParticipant;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.XAConnection;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.slf4j.LoggerFactory;

/** Eight callers who prepare and commit branches in one H2 database, without a coordinator: made to be killed. */
final class BareH2 {
    static final String BY_DRIVER = "driver";
    static final String BY_PARTICIPANT = "participant";

    private static final int CALLERS = 8;

    private final Place place;
    private final Caller caller;
    private final AtomicLong sequence = new AtomicLong();

    /** Begins a branch, works in it, and prepares it; the answer commits it. */
    @FunctionalInterface
    private interface Caller {
        Commit prepare(long sequence) throws Exception;
    }

    @FunctionalInterface
    private interface Commit {
        void run() throws Exception;
    }

    /** @param way through the XA driver alone, or through Avow's participant */
    BareH2(Place place, String way) {
        this.place = place;
        XaParticipant orders = XaParticipant.of("orders", place.orders().xaDataSource());
        this.caller = way.equals(BY_DRIVER) ? this::byDriver : sequence -> byParticipant(orders, sequence);
    }

    /** What the callers have seen prepared. */
    static Path prepared(Place place) {
        return place.folder().resolve("prepared");
    }

    /** To the process's end. */
    void run() throws Exception {
        try (Acknowledgements notes = new Acknowledgements(prepared(place));
                Connection keptOpen = place.orders().connect()) {
            Thread[] callers = new Thread[CALLERS];
            for (int number = 0; number < CALLERS; number++) {
                callers[number] = new Thread(() -> callFor(notes));
                callers[number].start();
            }
            for (Thread one : callers) {
                one.join();
            }
            throw new IllegalStateException(keptOpen + " has no callers any more");
        }
    }

    private void callFor(Acknowledgements notes) {
        try {
            while (true) {
                long number = sequence.incrementAndGet();
                Commit commit = caller.prepare(number);
                notes.begun("O" + number);
                commit.run();
            }
        } catch (Exception failure) {
            LoggerFactory.getLogger(BareH2.class).error("a caller can't go on", failure);
            Runtime.getRuntime().halt(1);
        }
    }

    private Commit byDriver(long number) throws Exception {
        XAConnection connection = place.orders().xaDataSource().getXAConnection();
        XAResource resource = connection.getXAResource();
        Numbered xid = new Numbered(number);
        Connection work = connection.getConnection();
        resource.start(xid, XAResource.TMNOFLAGS);
        insert(work, number);
        resource.end(xid, XAResource.TMSUCCESS);
        resource.prepare(xid);
        return () -> {
            resource.commit(xid, false);
            connection.close();
        };
    }

    private static Commit byParticipant(XaParticipant orders, long number) throws Exception {
        Lone transaction = new Lone(TransactionId.of(1, 1, number));
        insert(orders.connection(transaction), number);
        orders.prepare(transaction.id());
        return () -> orders.commit(transaction.id());
    }

    private static void insert(Connection work, long number) throws SQLException {
        try (Statement statement = work.createStatement()) {
            statement.execute("INSERT INTO customer_order VALUES ('O" + number + "', 1)");
        }
    }

    private record Numbered(long number) implements Xid {
        @Override
        public int getFormatId() {
            return 1;
        }

        @Override
        public byte[] getGlobalTransactionId() {
            return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
        }

        @Override
        public byte[] getBranchQualifier() {
            return new byte[] {1};
        }
    }

    /** What no coordinator knows of. */
    private record Lone(TransactionId id) implements Transaction {
        @Override
        public String name() {
            return "O" + id.sequence();
        }

        @Override
        public void enlist(Participant participant) {}

        @Override
        public Outcome commit() {
            throw new UnsupportedOperationException("the caller calls the participant");
        }

        @Override
        public Outcome abort() {
            throw new UnsupportedOperationException("the caller calls the participant");
        }

        @Override
        public CoordinatorState state() {
            throw new UnsupportedOperationException("no coordinator knows of it");
        }

        @Override
        public Optional<Outcome> outcome() {
            throw new UnsupportedOperationException("no coordinator knows of it");
        }
    }
}
