package dev.avow.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BooksTest {
    private static final Order ADA = Order.of("A1", "Ada", "40");
    private static final Order OTHER = Order.of("A1", "Ada", "41");

    private static Books books(List<Order> orders, List<Order> payments, String balance) {
        Map<String, Order> byId = orders.isEmpty() ? Map.of() : Map.of("A1", orders.get(0));
        Map<String, List<Order>> paid = payments.isEmpty() ? Map.of() : Map.of("A1", payments);
        return new Books(byId, paid, Map.of("Ada", new BigDecimal(balance)), Map.of());
    }

    @Test
    void an_order_with_its_payment_holds() {
        Books books = books(List.of(ADA), List.of(ADA), "960");
        assertEquals(List.of(), books.contradictions());
        assertTrue(books.holdBothOf(ADA));
        assertEquals(List.of("Every order has exactly its payment: 1 order, 1 payment."), books.verdict());
    }

    @Test
    void what_is_in_doubt_is_not_sound() {
        Books books = new Books(Map.of(), Map.of(), Map.of(), Map.of("orders", 0L, "payments", 2L));
        assertFalse(books.areSound());
        assertEquals(
                List.of(
                        "IN DOUBT: payments holds 2 prepared transactions, undecided and locked. Only the log with which"
                                + " it was begun can decide"),
                books.verdict());
    }

    @Test
    void every_way_to_fail_is_found() {
        assertEquals(
                List.of("order A1 of Ada for 40.00 has no payment"),
                books(List.of(ADA), List.of(), "1000").contradictions());
        assertEquals(
                List.of("A1 is paid and was never ordered"),
                books(List.of(), List.of(ADA), "960").contradictions());
        assertEquals(
                List.of("order A1 of Ada for 40.00 has the payments [A1 of Ada for 40.00, A1 of Ada for 40.00]"),
                books(List.of(ADA), List.of(ADA, ADA), "920").contradictions());
        assertEquals(
                List.of("order A1 of Ada for 40.00 has the payments [A1 of Ada for 41.00]"),
                books(List.of(ADA), List.of(OTHER), "959").contradictions());
        assertEquals(
                List.of("the account of Ada holds 1,000.00 instead of 960.00"),
                books(List.of(ADA), List.of(ADA), "1000").contradictions());
    }

    @Test
    void a_long_table_is_cut_and_says_so() {
        Books books = new Books(
                Map.of("A1", ADA, "A2", Order.of("A2", "Bob", "7")), Map.of("A1", List.of(ADA)), Map.of(), Map.of());
        assertEquals(
                List.of(
                        "  order  customer  orders  payments",
                        "  A1     Ada        40.00     40.00",
                        "  A2     Bob         7.00         -",
                        "  A3     Cleo           -         -"),
                books.lines(List.of(Order.of("A3", "Cleo", "1")), 3));
        assertEquals(List.of("  and 1 more"), books.lines(List.of(), 1).subList(2, 3));
    }
}
