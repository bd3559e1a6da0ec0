package dev.avow.benchmarks.database;

import dev.avow.engine.TransactionId;
import dev.avow.xa.AvowXid;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import javax.transaction.xa.Xid;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One thread's two sessions and the XA calls of a transaction, one after the other; nothing that could recover it. */
@State(Scope.Thread)
public class ByHand {
    /** What may stand between the votes and the commits. */
    @FunctionalInterface
    public interface Decision {
        void force() throws IOException;
    }

    private static final AtomicLong SEQUENCE = new AtomicLong();

    private record Session(String name, XAConnection connection, XAResource resource, Connection work) {
        static Session open(String name, XADataSource source) throws SQLException {
            XAConnection connection = source.getXAConnection();
            return new Session(name, connection, connection.getXAResource(), connection.getConnection());
        }
    }

    private final Update update = Update.ofThisThread();
    private List<Session> sessions = List.of();

    @Setup
    public void open(Databases databases) throws SQLException {
        sessions = List.of(Session.open("orders", databases.first()), Session.open("payments", databases.second()));
    }

    public void commitOne(Decision decision) throws XAException, SQLException, IOException {
        TransactionId id = TransactionId.of(1, 1, SEQUENCE.incrementAndGet());
        for (Session session : sessions) {
            session.resource.start(xid(id, session), XAResource.TMNOFLAGS);
            update.run(session.work);
        }
        for (Session session : sessions) {
            session.resource.end(xid(id, session), XAResource.TMSUCCESS);
            if (session.resource.prepare(xid(id, session)) != XAResource.XA_OK) {
                throw new IllegalStateException(session.name + " had nothing to commit");
            }
        }
        decision.force();
        for (Session session : sessions) {
            session.resource.commit(xid(id, session), false);
        }
    }

    private static Xid xid(TransactionId id, Session session) {
        return AvowXid.of(id, session.name);
    }

    @TearDown
    public void close() throws SQLException {
        for (Session session : sessions) {
            session.connection.close();
        }
    }
}
