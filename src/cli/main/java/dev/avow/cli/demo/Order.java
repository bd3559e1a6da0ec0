package dev.avow.cli.demo;

import dev.avow.cli.terminal.Text;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Who orders for how much. Two orders of the same amount are equal, however it was written.
 *
 * @param amount with two decimals
 */
public record Order(String id, String customer, BigDecimal amount) {
    /**
     * Gives the amount its two decimals.
     *
     * @throws ArithmeticException if it has more
     */
    public Order {
        amount = amount.setScale(2, RoundingMode.UNNECESSARY);
    }

    public static Order of(String id, String customer, String amount) {
        return new Order(id, customer, new BigDecimal(amount));
    }

    @Override
    public String toString() {
        return id + " of " + customer + " for " + Text.money(amount);
    }
}
