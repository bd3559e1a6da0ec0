package dev.avow.cli.demo.services;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.avow.cli.demo.DemoFolder;
import dev.avow.cli.demo.Order;
import dev.avow.engine.CommitRecord;
import dev.avow.engine.DecisionLog;
import dev.avow.engine.TransactionId;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit finds what isn't as it should be. */
class LedgerTest {
    private static final Order ORDER = Order.of("S1", "Ada", "40");

    @TempDir
    private Path temporary;

    private DemoFolder folder;

    @BeforeEach
    void create() throws Exception {
        folder = DemoFolder.at(temporary.resolve("demo"));
        DecisionLog.open(folder.log()).close();
        for (Part part : Part.values()) {
            try (Connection connection = database(part).connect()) {
                part.create(connection);
            }
        }
    }

    private ServiceDatabase database(Part part) {
        return ServiceDatabase.of(
                switch (part) {
                    case ORDERS -> folder.orders();
                    case PAYMENTS -> folder.payments();
                });
    }

    private void work(Part part) throws Exception {
        try (Connection connection = database(part).connect()) {
            part.work(connection, ORDER);
        }
    }

    private List<String> complaints(Ending told) throws Exception {
        return Ledger.read(this::database, folder.log(), Map.of("S1", told)).complaints();
    }

    @Test
    void both_or_neither_is_as_it_should_be() throws Exception {
        assertEquals(List.of(), complaints(Ending.ABORTED));
        work(Part.ORDERS);
        work(Part.PAYMENTS);
        assertEquals(List.of(), complaints(Ending.COMMITTED));
    }

    @Test
    void an_order_without_its_payment_is_found() throws Exception {
        work(Part.ORDERS);
        assertEquals(List.of("NOT CONSISTENT: order S1 of Ada for 40.00 has no payment"), complaints(Ending.COMMITTED));
    }

    @Test
    void a_payment_without_its_order_is_found() throws Exception {
        work(Part.PAYMENTS);
        assertEquals(List.of("NOT CONSISTENT: S1 is paid and was never ordered"), complaints(Ending.ABORTED));
    }

    @Test
    void what_the_shop_had_told_otherwise_is_found() throws Exception {
        assertEquals(
                List.of("NOT AS TOLD: the shop said that S1 is COMMITTED, and it is missing"),
                complaints(Ending.COMMITTED));
        work(Part.ORDERS);
        work(Part.PAYMENTS);
        assertEquals(
                List.of("NOT AS TOLD: the shop said that S1 is REFUSED, and it is there"), complaints(Ending.REFUSED));
    }

    @Test
    void a_decision_that_was_not_told_is_found() throws Exception {
        try (DecisionLog log = DecisionLog.open(folder.log())) {
            log.appendCommit(new CommitRecord(
                    TransactionId.of(log.coordinator(), log.incarnation(), 1), "S1", List.of("orders", "payments")));
        }
        assertEquals(
                List.of("NOT TOLD: the decision to commit S1 has still to reach orders and payments"),
                complaints(Ending.ABORTED));
    }
}
