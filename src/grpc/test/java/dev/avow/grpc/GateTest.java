package dev.avow.grpc;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.TransactionId;
import io.grpc.Status;
import io.grpc.StatusException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may say and hear what about whose transaction. */
class GateTest {
    private static final TransactionId KNOWN = TransactionId.of(7, 1, 1);
    private static final TransactionId UNKNOWN = TransactionId.of(8, 1, 1);

    @TempDir
    private Path folder;

    private Book book;
    private final Refusals refusals = new Refusals();
    private Gate gate;

    @BeforeEach
    void open() throws IOException {
        book = Book.open(folder, "orders");
        Place payments = new Place("payments:1", "payer");
        book.learn(new Book.Entry(7, new Place("shop:1", "shop"), new TreeMap<>(Map.of("payments", payments))));
        gate = new Gate("orders", book, refusals);
    }

    @AfterEach
    void close() {
        book.close();
    }

    private void assertDenied(String caller, TransactionId id, Refusals.Kind kind) {
        long before = refusals.refused(kind);
        StatusException denied = assertThrows(StatusException.class, () -> gate.required(caller, Wire.toWire(id)));
        assertEquals(Status.Code.PERMISSION_DENIED, denied.getStatus().getCode());
        assertEquals(before + 1, refusals.refused(kind));
    }

    @Test
    void only_the_coordinator_orders() throws StatusException {
        assertEquals(KNOWN, gate.required("shop", Wire.toWire(KNOWN)));
        assertDenied("payer", KNOWN, Refusals.Kind.FORGED_TRANSACTION);
        assertDenied("shop", UNKNOWN, Refusals.Kind.UNKNOWN_COORDINATOR);
        assertTrue(gate.isOf("shop", KNOWN));
        assertFalse(gate.isOf("payer", KNOWN));
        assertFalse(gate.isOf("shop", UNKNOWN));
    }

    @Test
    void those_that_the_coordinator_named_may_ask() {
        assertDoesNotThrow(() -> gate.requireConcerned("shop", KNOWN));
        assertDoesNotThrow(() -> gate.requireConcerned("payer", KNOWN));
        assertThrows(StatusException.class, () -> gate.requireConcerned("payments", KNOWN));
        assertThrows(StatusException.class, () -> gate.requireConcerned("payer", UNKNOWN));
    }

    @Test
    void a_coordinator_that_is_new_is_admitted_and_a_known_one_by_itself_alone() {
        assertDoesNotThrow(() -> gate.admit(new Travelling(UNKNOWN, "new", "other:1", "other")));
        assertDoesNotThrow(() -> gate.admit(new Travelling(KNOWN, "known", "shop:2", "shop")));
        assertThrows(StatusException.class, () -> gate.admit(new Travelling(KNOWN, "forged", "other:1", "other")));
    }
}
