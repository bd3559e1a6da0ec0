package dev.avow.cli.demo;

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
        Connection ordersReader = folder.orders().connect();
        try {
            OrdersTable.create(ordersReader);
            Connection paymentsReader = folder.payments().connect();
            try {
                PaymentsTable.create(paymentsReader);
                return new Stores(ordersReader, paymentsReader, folder);
            } catch (SQLException | RuntimeException failure) {
                paymentsReader.close();
                throw failure;
            }
        } catch (SQLException | RuntimeException failure) {
            ordersReader.close();
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
