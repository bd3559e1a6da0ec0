package dev.avow.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.Avow;
import dev.avow.engine.TransactionId;
import dev.avow.grpc.contract.CoordinatorServiceGrpc;
import dev.avow.grpc.contract.EnlistRequest;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.util.MutableHandlerRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Services with certificates, on real connections: who takes part, and how much. */
class SecuredServicesTest extends WithCertificates {
    @Test
    void services_with_certificates_commit() {
        bought("O1");
        assertEquals(Optional.of("120"), orders.store.get("O1"));
    }

    @Test
    void the_book_has_the_coordinator_and_the_other_participants_that_it_named() throws Exception {
        Path log = folder.resolve("two-log");
        RemoteParticipant ordering = RemoteParticipant.at("orders", orders.address(), shop.identity);
        RemoteParticipant paying =
                RemoteParticipant.at("payments", "localhost:1", shop.identity, "payer", Duration.ofSeconds(5));
        try (ordering;
                paying;
                Avow avow = Avow.open(log, ordering, paying)) {
            MutableHandlerRegistry services = new MutableHandlerRegistry();
            Server server = shop.identity
                    .server(0)
                    .fallbackHandlerRegistry(services)
                    .build()
                    .start();
            String address = "localhost:" + server.getPort();
            CoordinatorService coordinator = CoordinatorService.of(avow, shop.identity, address, ordering, paying);
            var unused = services.addService(coordinator.service());
            Channel channel = ClientInterceptors.intercept(ordering.channel(), coordinator.interceptor());
            TransactionId[] id = new TransactionId[1];
            coordinator
                    .transact("O1", transaction -> {
                        id[0] = transaction.id();
                        Texts.put(channel, "O1=1");
                    })
                    .requireCommitted();
            orders.close();
            try (Book book = Book.open(folder.resolve("orders").resolve("service"), "orders")) {
                Book.Entry known = book.of(id[0].coordinator()).orElseThrow();
                assertEquals(new Place(address, "shop"), known.place());
                assertEquals(Map.of("payments", new Place("localhost:1", "payer")), known.peers());
            } finally {
                server.shutdownNow();
                orders = new Secured.Service(folder.resolve("orders"), "orders", identity("orders"));
            }
        }
    }

    @Test
    void a_participant_is_enlisted_by_itself_alone() throws Exception {
        Identity other = identity("payments");
        ManagedChannel channel = other.channel(shop.address, "shop");
        try {
            shop.coordinator.transact("O1", transaction -> {
                EnlistRequest request = EnlistRequest.newBuilder()
                        .setTransaction(Wire.toWire(transaction.id()))
                        .setParticipant("orders")
                        .setBranch(1)
                        .build();
                StatusRuntimeException refused = assertThrows(
                        StatusRuntimeException.class,
                        () -> CoordinatorServiceGrpc.newBlockingStub(channel)
                                .withDeadlineAfter(20, TimeUnit.SECONDS)
                                .enlist(request));
                assertEquals(Status.Code.PERMISSION_DENIED, refused.getStatus().getCode());
                Texts.put(shop.orders, "O1=120");
            });
            assertEquals(1, shop.identity.refusals().refused(Refusals.Kind.WRONG_IDENTITY));
            assertEquals(Optional.of("120"), orders.store.get("O1"));
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void a_server_with_another_name_is_not_told_anything() throws Exception {
        Identity identity = identity("another-shop");
        RemoteParticipant wrong = RemoteParticipant.at("payments", orders.address(), identity);
        try (wrong) {
            Exception refused = assertThrows(Exception.class, wrong::inDoubt);
            assertInstanceOf(StatusRuntimeException.class, refused);
            assertTrue(identity.refusals().refused(Refusals.Kind.WRONG_IDENTITY) >= 1);
        }
    }

    @Test
    void a_client_has_no_more_open_branches_than_it_may() throws Exception {
        try (Secured.Service small = new Secured.Service(
                        folder.resolve("small"),
                        "orders",
                        orders.identity,
                        options -> options.withMostOpenBranchesPerClient(1));
                Secured.Shop other =
                        new Secured.Shop(folder.resolve("other-log"), shop.identity, small.address(), "orders")) {
            other.coordinator
                    .transact("O1", transaction -> {
                        Texts.put(other.orders, "O1=1");
                        Texts.put(other.orders, "again=1");
                        StatusRuntimeException refused = assertThrows(
                                StatusRuntimeException.class,
                                () -> other.coordinator.transact("O2", second -> Texts.put(other.orders, "O2=1")));
                        assertEquals(
                                Status.Code.RESOURCE_EXHAUSTED,
                                refused.getStatus().getCode());
                    })
                    .requireCommitted();
            other.coordinator
                    .transact("O3", transaction -> Texts.put(other.orders, "O3=1"))
                    .requireCommitted();
            assertEquals(1, orders.identity.refusals().refused(Refusals.Kind.TOO_MANY));
        }
    }
}
