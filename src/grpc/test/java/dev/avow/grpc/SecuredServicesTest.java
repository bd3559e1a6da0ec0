package dev.avow.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.Avow;
import dev.avow.engine.TransactionId;
import dev.avow.grpc.contract.Answer;
import dev.avow.grpc.contract.Answers;
import dev.avow.grpc.contract.Commit;
import dev.avow.grpc.contract.CoordinatorServiceGrpc;
import dev.avow.grpc.contract.EnlistRequest;
import dev.avow.grpc.contract.ListInDoubtRequest;
import dev.avow.grpc.contract.Order;
import dev.avow.grpc.contract.Orders;
import dev.avow.grpc.contract.ParticipantServiceGrpc;
import dev.avow.protocol.Vote;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.grpc.util.MutableHandlerRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what between services with certificates, on real connections. */
class SecuredServicesTest {
    private static final TestAuthority AUTHORITY = new TestAuthority("root");

    @TempDir
    private Path folder;

    private Secured.Service orders;
    private Secured.Shop shop;

    @BeforeEach
    void open() throws IOException {
        orders = new Secured.Service(folder.resolve("orders"), "orders", identity("orders"));
        shop = new Secured.Shop(folder.resolve("log"), identity("shop"), orders.address(), "orders");
    }

    @AfterEach
    void close() {
        shop.close();
        orders.close();
    }

    private Identity identity(String name) throws IOException {
        return AUTHORITY.issue(folder, name).identity();
    }

    private TransactionId bought(String order) {
        TransactionId[] id = new TransactionId[1];
        shop.coordinator
                .transact(order, transaction -> {
                    id[0] = transaction.id();
                    Texts.put(shop.orders, order + "=120");
                })
                .requireCommitted();
        return id[0];
    }

    /** Another of the same coordinator that was never begun. */
    private static TransactionId invented(TransactionId of) {
        return TransactionId.of(of.coordinator(), of.incarnation(), of.sequence() + 1_000);
    }

    private static Answer answered(Channel channel, Order order) throws Exception {
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        StreamObserver<Orders> stream = ParticipantServiceGrpc.newStub(channel).converse(new StreamObserver<>() {
            @Override
            public void onNext(Answers answers) {
                answer.complete(answers.getAnswers(0));
            }

            @Override
            public void onError(Throwable failure) {
                answer.completeExceptionally(failure);
            }

            @Override
            public void onCompleted() {
                answer.completeExceptionally(new IllegalStateException("ended"));
            }
        });
        stream.onNext(Orders.newBuilder().addOrders(order).build());
        Answer heard = answer.get(20, TimeUnit.SECONDS);
        stream.onCompleted();
        return heard;
    }

    private static Order commit(TransactionId id) {
        return Order.newBuilder()
                .setNumber(1)
                .setTransaction(Wire.toWire(id))
                .setCommit(Commit.getDefaultInstance())
                .build();
    }

    private static List<?> inDoubt(Channel channel) {
        return ParticipantServiceGrpc.newBlockingStub(channel)
                .listInDoubt(ListInDoubtRequest.getDefaultInstance())
                .getTransactionsList();
    }

    private static Channel with(Channel channel, Travelling travelling) {
        Metadata headers = new Metadata();
        travelling.putInto(headers);
        return ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    @Test
    void services_with_certificates_commit() {
        bought("O1");
        assertEquals(Optional.of("120"), orders.store.get("O1"));
    }

    @Test
    void only_the_coordinator_of_a_transaction_orders_and_hears_of_it() throws Exception {
        TransactionId first = bought("O1");
        TransactionId prepared = invented(first);
        Identity other = identity("other");
        ManagedChannel channel = other.channel(orders.address(), "orders");
        try (Heard heard = new Heard()) {
            var transaction = new LocalTransaction(prepared);
            orders.store.put(transaction, "O2", "120");
            assertEquals(Vote.YES, orders.store.prepare(prepared));
            for (int times = 0; times < 3; times++) {
                Answer answer = answered(channel, commit(prepared));
                assertTrue(answer.getFailure().getWords().contains("PERMISSION_DENIED"), answer::toString);
            }
            assertEquals(Optional.empty(), orders.store.get("O2"));
            assertEquals(List.of(), inDoubt(channel));
            assertEquals(List.of(Wire.toWire(prepared)), inDoubt(shop.participant.channel()));
            assertEquals(3, orders.identity.refusals().refused(Refusals.Kind.FORGED_TRANSACTION));
            assertEquals(1, heard.lines("FORGED_TRANSACTION"), heard::text);
            assertEquals(
                    Answer.MessageCase.ACK,
                    answered(shop.participant.channel(), commit(prepared)).getMessageCase());
            assertEquals(Optional.of("120"), orders.store.get("O2"));
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void a_coordinator_that_never_gave_work_orders_nothing() throws Exception {
        Answer answer = answered(shop.participant.channel(), commit(TransactionId.of(77, 1, 1)));
        assertTrue(answer.getFailure().getWords().contains("has never worked for"), answer::toString);
        assertEquals(1, orders.identity.refusals().refused(Refusals.Kind.UNKNOWN_COORDINATOR));
    }

    @Test
    void an_order_whose_id_cannot_be_one_is_refused() throws Exception {
        Order malformed = commit(TransactionId.of(77, 1, 1)).toBuilder()
                .setTransaction(
                        dev.avow.grpc.contract.TransactionId.newBuilder().setHigh(0x8000))
                .build();
        Answer answer = answered(shop.participant.channel(), malformed);
        assertTrue(answer.getFailure().getWords().contains("INVALID_ARGUMENT"), answer::toString);
        assertEquals(1, orders.identity.refusals().refused(Refusals.Kind.MALFORMED));
    }

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
            assertEquals(1, orders.identity.refusals().refused(Refusals.Kind.WRONG_IDENTITY));
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
                        () -> CoordinatorServiceGrpc.newBlockingStub(channel).enlist(request));
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
            assertEquals(1, identity.refusals().refused(Refusals.Kind.WRONG_IDENTITY));
        }
    }

    @Test
    void a_number_stays_bound_through_a_restart() throws Exception {
        TransactionId first = bought("O1");
        orders.close();
        orders = new Secured.Service(folder.resolve("orders"), "orders", identity("orders"));
        Identity other = identity("other");
        ManagedChannel channel = other.channel(orders.address(), "orders");
        ManagedChannel owner = shop.identity.channel(orders.address(), "orders");
        try {
            assertTrue(answered(channel, commit(first)).hasFailure());
            assertTrue(answered(owner, commit(first)).hasAck());
        } finally {
            channel.shutdownNow();
            owner.shutdownNow();
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
