package dev.avow.cli.demo;

import dev.avow.cli.terminal.Table;
import dev.avow.cli.terminal.Table.Side;
import dev.avow.cli.terminal.Text;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What both databases hold at one moment, read by plain JDBC.
 *
 * @param orders by id
 * @param payments by the id of their order, one or more for each
 * @param balances by customer
 * @param inDoubt how many branches are prepared and undecided, by database
 */
public record Books(
        Map<String, Order> orders,
        Map<String, List<Order>> payments,
        Map<String, BigDecimal> balances,
        Map<String, Long> inDoubt) {
    private static final String NOTHING = "-";

    public Books {
        orders = new TreeMap<>(orders);
        payments = new TreeMap<>(payments);
        balances = new TreeMap<>(balances);
        inDoubt = new TreeMap<>(inDoubt);
    }

    /** From what each database lists. */
    public static Books of(
            List<Order> orders, List<Order> payments, Map<String, BigDecimal> balances, Map<String, Long> inDoubt) {
        return new Books(
                orders.stream().collect(Collectors.toMap(Order::id, order -> order)),
                payments.stream().collect(Collectors.groupingBy(Order::id)),
                balances,
                inDoubt);
    }

    static Books read(Connection orders, Connection payments) throws SQLException {
        return of(
                OrdersTable.all(orders),
                PaymentsTable.all(payments),
                PaymentsTable.balances(payments),
                Map.of("orders", InDoubt.count(orders), "payments", InDoubt.count(payments)));
    }

    /** Reads the databases of a demo that no coordinator has open. */
    public static Books read(DemoFolder folder) throws SQLException {
        try (Connection orders = folder.orders().connect();
                Connection payments = folder.payments().connect()) {
            return read(orders, payments);
        }
    }

    public Optional<Order> order(String id) {
        return Optional.ofNullable(orders.get(id));
    }

    private List<Order> paymentsOf(String id) {
        return payments.getOrDefault(id, List.of());
    }

    /** Whether the order is there, with its one payment. */
    public boolean holdBothOf(Order order) {
        return order(order.id()).equals(Optional.of(order))
                && paymentsOf(order.id()).equals(List.of(order));
    }

    /** Whether neither database knows the order. */
    public boolean holdNothingOf(Order order) {
        return order(order.id()).isEmpty() && paymentsOf(order.id()).isEmpty();
    }

    /** What contradicts that every order has exactly its payment; empty if nothing does. */
    public List<String> contradictions() {
        List<String> found = new ArrayList<>();
        for (String id : ids()) {
            Optional<Order> order = order(id);
            List<Order> paid = paymentsOf(id);
            if (order.isEmpty()) {
                found.add(id + " is paid and was never ordered");
            } else if (!paid.equals(List.of(order.get()))) {
                found.add("order " + order.get() + " has " + (paid.isEmpty() ? "no payment" : "the payments " + paid));
            }
        }
        balances.forEach((customer, balance) -> {
            BigDecimal expected = PaymentsTable.OPENING_BALANCE.subtract(paidBy(customer));
            if (balance.compareTo(expected) != 0) {
                found.add("the account of " + customer + " holds " + Text.money(balance) + " instead of "
                        + Text.money(expected));
            }
        });
        return found;
    }

    /** What nobody has decided, in one line for each database; empty if nothing. */
    private List<String> doubts() {
        return inDoubt.entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(entry -> "IN DOUBT: " + entry.getKey() + " holds "
                        + Text.count(entry.getValue(), "prepared transaction") + ", undecided and locked. Only the log"
                        + " with which it was begun can decide")
                .toList();
    }

    /** Whether every order has exactly its payment, and nothing waits for a decision. */
    public boolean areSound() {
        return contradictions().isEmpty() && doubts().isEmpty();
    }

    private BigDecimal paidBy(String customer) {
        return payments.values().stream()
                .flatMap(List::stream)
                .filter(payment -> payment.customer().equals(customer))
                .map(Order::amount)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private SortedSet<String> ids() {
        SortedSet<String> ids = new TreeSet<>(orders.keySet());
        ids.addAll(payments.keySet());
        return ids;
    }

    /**
     * As a table.
     *
     * @param asked orders that are shown even where neither database knows them
     * @param most how many rows at most
     */
    public List<String> lines(List<Order> asked, int most) {
        Map<String, String> customers = new TreeMap<>();
        asked.forEach(order -> customers.put(order.id(), order.customer()));
        payments.forEach((id, paid) -> customers.put(id, paid.get(0).customer()));
        orders.forEach((id, order) -> customers.put(id, order.customer()));
        Table table = new Table(Side.LEFT, Side.LEFT, Side.RIGHT, Side.RIGHT);
        table.row("order", "customer", "orders", "payments");
        customers.keySet().stream()
                .limit(most)
                .forEach(id -> table.row(
                        id,
                        customers.getOrDefault(id, NOTHING),
                        order(id).map(order -> Text.money(order.amount())).orElse(NOTHING),
                        paymentsOf(id).isEmpty() ? NOTHING : amounts(paymentsOf(id))));
        List<String> lines = new ArrayList<>(table.lines());
        if (customers.size() > most) {
            lines.add("  and " + (customers.size() - most) + " more");
        }
        return lines;
    }

    private static String amounts(List<Order> payments) {
        return payments.stream().map(payment -> Text.money(payment.amount())).collect(Collectors.joining(" + "));
    }

    /** The audit's result, in one line for each thing that isn't as it should be. */
    public List<String> verdict() {
        if (!areSound()) {
            return Stream.concat(contradictions().stream().map(line -> "NOT CONSISTENT: " + line), doubts().stream())
                    .toList();
        }
        long paid = payments.values().stream().mapToLong(List::size).sum();
        return List.of("Every order has exactly its payment: " + Text.count(orders.size(), "order") + ", "
                + Text.count(paid, "payment") + ".");
    }
}
