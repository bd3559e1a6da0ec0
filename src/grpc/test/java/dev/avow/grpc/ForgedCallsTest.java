package dev.avow.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.TransactionId;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** For whose transactions calls get work. */
class ForgedCallsTest extends WithCertificates {
    @Test
    void an_id_forged_with_anothers_number_gets_no_work() throws Exception {
        TransactionId first = bought("O1");
        Identity other = identity("other");
        ManagedChannel channel = other.channel(orders.address(), "orders");
        try (Secured.Shop enlisting =
                new Secured.Shop(folder.resolve("other-log"), other, orders.address(), "orders")) {
            // At its own address, where it would say yes to anything; and at the true coordinator's.
            for (String address : List.of(enlisting.address, shop.address)) {
                Travelling forged = new Travelling(invented(first), "forged", address, "other");
                StatusRuntimeException refused =
                        assertThrows(StatusRuntimeException.class, () -> Texts.put(with(channel, forged), "O2=120"));
                assertEquals(Status.Code.PERMISSION_DENIED, refused.getStatus().getCode());
            }
            assertEquals(2, orders.identity.refusals().refused(Refusals.Kind.FORGED_TRANSACTION));
            assertEquals(0, enlisting.identity.refusals().refused(Refusals.Kind.UNKNOWN_TRANSACTION));
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void nobody_begins_work_in_the_name_of_a_coordinator_that_it_is_not() throws Exception {
        // The participant doesn't know the number yet: the address must be the caller's.
        TransactionId never = TransactionId.of(77, 1, 1);
        Identity other = identity("other");
        ManagedChannel channel = other.channel(orders.address(), "orders");
        try {
            Travelling forged = new Travelling(never, "forged", shop.address, "other");
            StatusRuntimeException refused =
                    assertThrows(StatusRuntimeException.class, () -> Texts.put(with(channel, forged), "O2=120"));
            assertTrue(
                    String.valueOf(refused.getMessage()).contains("\"other\" was expected at " + shop.address),
                    refused::toString);
            assertTrue(orders.identity.refusals().refused(Refusals.Kind.WRONG_IDENTITY) >= 1);
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void an_invented_transaction_of_the_caller_itself_gets_no_work() {
        Travelling invented = new Travelling(invented(bought("O1")), "invented", shop.address, "shop");
        StatusRuntimeException refused = assertThrows(
                StatusRuntimeException.class, () -> Texts.put(with(shop.participant.channel(), invented), "O2=120"));
        assertTrue(String.valueOf(refused.getMessage()).contains("isn't at work"), refused::toString);
        assertEquals(1, shop.identity.refusals().refused(Refusals.Kind.UNKNOWN_TRANSACTION));
    }

    @Test
    void headers_that_cannot_be_meant_are_refused_before_any_work() {
        TransactionId id = invented(bought("O1"));
        for (String address :
                List.of("", "shop", "unix:///run/shop", "xds:///shop:1", "shop:1/x", "a".repeat(300) + ":1")) {
            Travelling wrong = new Travelling(id, "wrong", address, "shop");
            StatusRuntimeException refused = assertThrows(
                    StatusRuntimeException.class, () -> Texts.put(with(shop.participant.channel(), wrong), "O2=120"));
            assertEquals(Status.Code.INVALID_ARGUMENT, refused.getStatus().getCode());
        }
        assertEquals(6, orders.identity.refusals().refused(Refusals.Kind.MALFORMED));
    }

    @Test
    void a_name_that_comes_with_a_call_is_one_line() {
        Metadata headers = new Metadata();
        new Travelling(TransactionId.of(1, 1, 1), "O1\nforged", "shop:1", "shop").putInto(headers);
        Travelling read = Travelling.readFrom(headers, "shop").orElseThrow();
        assertEquals(new Travelling(TransactionId.of(1, 1, 1), "O1?forged", "shop:1", "shop"), read);
    }

    @Test
    void only_coordinators_at_allowed_addresses_are_called() throws Exception {
        try (Secured.Service choosy = new Secured.Service(
                        folder.resolve("choosy"),
                        "orders",
                        orders.identity,
                        options -> options.withCoordinators("shop.internal:7400"::equals));
                Secured.Shop other =
                        new Secured.Shop(folder.resolve("other-log"), shop.identity, choosy.address(), "orders")) {
            StatusRuntimeException refused = assertThrows(
                    StatusRuntimeException.class,
                    () -> other.coordinator.transact("O1", transaction -> Texts.put(other.orders, "O1=1")));
            assertTrue(
                    String.valueOf(refused.getMessage()).contains("no coordinator may be called at " + other.address),
                    refused::toString);
            assertEquals(1, orders.identity.refusals().refused(Refusals.Kind.FOREIGN_ADDRESS));
        }
    }
}
