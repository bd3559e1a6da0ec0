package dev.avow.cli.demo;

import dev.avow.cli.terminal.Complaint;
import dev.avow.cli.terminal.Complaints;
import dev.avow.xa.XaParticipant;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The two databases, open: each as a participant, and over a plain connection that keeps its file open. */
final class Stores implements AutoCloseable {
    private final Connection ordersReader;
    private final Connection paymentsReader;
    private final XaParticipant orders;
    private final XaParticipant payments;

    private Stores(Connection ordersReader, Connection paymentsReader, DemoFolder folder) {
        this.ordersReader = ordersReader;
        this.paymentsReader = paymentsReader;
        this.orders = XaParticipant.of("orders", folder.orders().xaDataSource());
        this.payments = XaParticipant.of("payments", folder.payments().xaDataSource());
    }

    static Stores open(DemoFolder folder) throws SQLException {
        Connection ordersReader = opened(folder.orders(), OrdersTable::create);
        try {
            return new Stores(ordersReader, opened(folder.payments(), PaymentsTable::create), folder);
        } catch (SQLException | RuntimeException failure) {
            ordersReader.close();
            throw failure;
        }
    }

    private interface Creating {
        void in(Connection connection) throws SQLException;
    }

    private static Connection opened(Database database, Creating tables) throws SQLException {
        try {
            Connection reader = database.connect();
            try {
                tables.in(reader);
                return reader;
            } catch (SQLException | RuntimeException failure) {
                reader.close();
                throw failure;
            }
        } catch (SQLException failure) {
            if (database.isForeign(failure) && !Complaints.isNoSpace(failure)) {
                throw Complaint.failed(
                        database.mvFile() + " can't be opened as the demo's: " + Complaints.words(failure)
                                + ". If it is something else, name another folder with --dir",
                        failure);
            }
            throw failure;
        }
    }

    XaParticipant orders() {
        return orders;
    }

    XaParticipant payments() {
        return payments;
    }

    List<XaParticipant> participants() {
        return List.of(orders, payments);
    }

    Books read() throws SQLException {
        return Books.read(ordersReader, paymentsReader);
    }

    @Override
    public void close() throws SQLException {
        participants().forEach(XaParticipant::close);
        // Whatever connection is still open: from here on another process may open the files.
        shutDown(ordersReader);
        shutDown(paymentsReader);
    }

    private static void shutDown(Connection reader) throws SQLException {
        try (reader;
                Statement statement = reader.createStatement()) {
            statement.execute("SHUTDOWN");
        }
    }
}
