package dev.avow.cli.demo.services;

import dev.avow.cli.demo.Order;
import dev.avow.cli.demo.OrdersTable;
import dev.avow.cli.demo.PaymentRefusedException;
import dev.avow.cli.demo.PaymentsTable;
import java.sql.Connection;
import java.sql.SQLException;

/** What a service does of an order, in a database of its own. */
public enum Part {
    ORDERS("orders", "order service"),
    PAYMENTS("payments", "payment service");

    private final String participant;
    private final String words;

    Part(String participant, String words) {
        this.participant = participant;
        this.words = words;
    }

    /** What the coordinator and the database call it. */
    public String participant() {
        return participant;
    }

    @Override
    public String toString() {
        return words;
    }

    void create(Connection connection) throws SQLException {
        switch (this) {
            case ORDERS -> OrdersTable.create(connection);
            case PAYMENTS -> PaymentsTable.create(connection);
        }
    }

    void work(Connection connection, Order order) throws SQLException, PaymentRefusedException {
        switch (this) {
            case ORDERS -> OrdersTable.insert(connection, order);
            case PAYMENTS -> PaymentsTable.pay(connection, order);
        }
    }
}
