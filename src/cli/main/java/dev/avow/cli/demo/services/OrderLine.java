package dev.avow.cli.demo.services;

import dev.avow.cli.demo.Order;
import dev.avow.cli.terminal.Text;
import java.util.List;

/** An order as a line of text, between processes. */
final class OrderLine {
    private static final String SEPARATOR = "\t";

    private OrderLine() {}

    static String of(Order order) {
        return String.join(
                SEPARATOR,
                order.id(),
                Text.oneLine(order.customer()),
                order.amount().toPlainString());
    }

    /** @throws IllegalArgumentException if it is none */
    static Order parse(String line) {
        List<String> parts = List.of(line.split(SEPARATOR, -1));
        if (parts.size() != 3) {
            throw new IllegalArgumentException(
                    "\"" + line + "\" is no order: give its id, customer and amount, separated by tabs");
        }
        return Order.of(parts.get(0), parts.get(1), parts.get(2));
    }
}
