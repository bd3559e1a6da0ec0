package dev.avow.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.Outcome;
import dev.avow.engine.Participant;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.Vote;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A shop, an order service and a payment service, on real connections. */
class ServicesTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private StoreService orders;
    private StoreService payments;
    private Shop shop;

    @BeforeEach
    void open() throws IOException {
        orders = StoreService.started(folder.resolve("orders"), "orders");
        payments = StoreService.started(folder.resolve("payments"), "payments");
        shop = new Shop(folder.resolve("log"), orders, payments);
    }

    @AfterEach
    void close() {
        shop.close();
        orders.close();
        payments.close();
    }

    private Outcome buy(String order) {
        return shop.coordinator.transact(order, transaction -> {
            Texts.put(shop.orders, order + "=120");
            Texts.put(shop.payments, order + "=120");
        });
    }

    private Optional<String> ordered(String order) {
        return orders.store().get(order);
    }

    private Optional<String> paid(String order) {
        return payments.store().get(order);
    }

    @Test
    void an_order_and_its_payment_are_committed_in_two_services() {
        buy("O1").requireCommitted();
        assertEquals(Optional.of("120"), ordered("O1"));
        assertEquals(Optional.of("120"), paid("O1"));
    }

    @Test
    void a_service_that_fails_leaves_nothing_in_the_other() {
        StatusRuntimeException refused = assertThrows(
                StatusRuntimeException.class,
                () -> shop.coordinator.transact("O1", transaction -> {
                    Texts.put(shop.orders, "O1=120");
                    Texts.put(shop.payments, "O1=fail");
                }));
        assertTrue(String.valueOf(refused.getMessage()).contains("refused as asked"), refused::toString);
        assertEquals(Optional.empty(), ordered("O1"));
        buy("O1").requireCommitted();
    }

    @Test
    void one_service_alone_decides_itself() {
        Outcome outcome = shop.coordinator.transact("O1", transaction -> Texts.put(shop.orders, "O1=120"));
        outcome.requireCommitted();
        assertEquals(Optional.of("120"), ordered("O1"));
    }

    @Test
    void calls_of_one_transaction_work_in_one_branch() {
        shop.coordinator
                .transact("O1", transaction -> {
                    Texts.put(shop.orders, "O1=1");
                    Texts.put(shop.orders, "O1=2");
                    Texts.put(shop.payments, "O1=2");
                })
                .requireCommitted();
        assertEquals(Optional.of("2"), ordered("O1"));
    }

    @Test
    void a_service_that_has_lost_its_work_takes_no_more_of_it() throws IOException {
        StatusRuntimeException refused = assertThrows(
                StatusRuntimeException.class,
                () -> shop.coordinator.transact("O1", transaction -> {
                    Texts.put(shop.orders, "first=1");
                    orders.stop();
                    orders.start();
                    putWhenReached("second=2");
                }));
        assertTrue(String.valueOf(refused.getMessage()).contains("has lost that work"), refused::toString);
        assertEquals(Optional.empty(), ordered("first"));
        assertEquals(Optional.empty(), ordered("second"));
    }

    /** The channel may still have to find out that the server is back. */
    private void putWhenReached(String text) {
        long deadline = System.nanoTime() + LONG.toNanos();
        while (true) {
            try {
                Texts.put(shop.orders, text);
                return;
            } catch (StatusRuntimeException failure) {
                if (failure.getStatus().getCode() != Status.Code.UNAVAILABLE || System.nanoTime() > deadline) {
                    throw failure;
                }
            }
        }
    }

    @Test
    void a_service_that_dies_before_its_vote_aborts_both() {
        Outcome outcome = shop.coordinator.transact("O1", transaction -> {
            Texts.put(shop.orders, "O1=120");
            Texts.put(shop.payments, "O1=120");
            payments.stop();
        });
        assertInstanceOf(Outcome.Aborted.class, outcome);
        assertEquals(Optional.empty(), ordered("O1"));
    }

    @Test
    void a_decision_reaches_a_service_that_comes_back() throws Exception {
        AtomicBoolean dies = new AtomicBoolean(true);
        StoreService[] dying = new StoreService[1];
        CountDownLatch dead = new CountDownLatch(1);
        dying[0] = StoreService.started(folder.resolve("dying"), "payments", LONG, store -> new Around(store) {
            @Override
            public void commit(TransactionId id) throws Exception {
                if (dies.getAndSet(false)) {
                    dying[0].stop();
                    dead.countDown();
                }
                super.commit(id);
            }
        });
        try (StoreService paying = dying[0];
                Shop other = new Shop(folder.resolve("other"), orders, paying)) {
            Outcome outcome = other.coordinator.transact("O1", transaction -> {
                Texts.put(other.orders, "O1=120");
                Texts.put(other.payments, "O1=120");
            });
            outcome.requireCommitted();
            assertTrue(dead.await(LONG.toSeconds(), TimeUnit.SECONDS));
            paying.start();
            assertTrue(other.avow.awaitRecovered(LONG));
            assertEquals(Optional.of("120"), paying.store().get("O1"));
            assertEquals(Optional.of("120"), ordered("O1"));
        }
    }

    @Test
    void work_whose_coordinator_orders_nothing_is_aborted() throws Exception {
        CountDownLatch aborted = new CountDownLatch(1);
        UnaryOperator<Participant> watched = store -> new Around(store) {
            @Override
            public void abort(TransactionId id) throws Exception {
                super.abort(id);
                aborted.countDown();
            }
        };
        try (StoreService hasty =
                        StoreService.started(folder.resolve("hasty"), "payments", Duration.ofMillis(200), watched);
                Shop other = new Shop(folder.resolve("other"), orders, hasty)) {
            Outcome outcome = other.coordinator.transact("O1", transaction -> {
                Texts.put(other.orders, "O1=120");
                Texts.put(other.payments, "O1=120");
                assertTrue(aborted.await(LONG.toSeconds(), TimeUnit.SECONDS));
                StatusRuntimeException late =
                        assertThrows(StatusRuntimeException.class, () -> Texts.put(other.payments, "O1=1"));
                String why = String.valueOf(late.getMessage());
                // The service remembers for a while, and the coordinator for as long as it lasts.
                assertTrue(why.contains("was aborted here") || why.contains("has lost that work"), why);
            });
            assertInstanceOf(Outcome.Aborted.class, outcome);
            assertEquals(Optional.empty(), ordered("O1"));
        }
    }

    @Test
    void what_nobody_can_say_of_a_call_is_not_committed() {
        IllegalStateException refused = assertThrows(
                IllegalStateException.class,
                () -> shop.coordinator.transact("O1", transaction -> {
                    Texts.put(shop.orders, "O1=120");
                    payments.stop();
                    assertThrows(StatusRuntimeException.class, () -> Texts.put(shop.payments, "O1=120"));
                }));
        assertTrue(String.valueOf(refused.getMessage()).contains("can't be committed"), refused::toString);
        assertEquals(Optional.empty(), ordered("O1"));
    }

    @Test
    void a_vote_that_fails_leaves_no_work_behind() throws Exception {
        CountDownLatch aborted = new CountDownLatch(2);
        UnaryOperator<Participant> failing = store -> new Around(store) {
            @Override
            public Vote prepare(TransactionId id) throws IOException {
                throw new IOException("the disk is gone");
            }

            @Override
            public void abort(TransactionId id) throws Exception {
                super.abort(id);
                aborted.countDown();
            }
        };
        try (StoreService ill = StoreService.started(folder.resolve("ill"), "payments", LONG, failing);
                Shop other = new Shop(folder.resolve("other"), orders, ill)) {
            Outcome outcome = other.coordinator.transact("O1", transaction -> {
                Texts.put(other.orders, "O1=120");
                Texts.put(other.payments, "O1=120");
            });
            assertInstanceOf(Outcome.Aborted.class, outcome);
            // By the coordinator's order, and by itself, should that not come.
            assertTrue(aborted.await(LONG.toSeconds(), TimeUnit.SECONDS));
        }
    }

    @Test
    void a_call_outside_of_a_transaction_works_for_none() {
        StatusRuntimeException refused =
                assertThrows(StatusRuntimeException.class, () -> Texts.put(shop.orders, "O1=120"));
        assertTrue(String.valueOf(refused.getMessage()).contains("works for no transaction"), refused::toString);
    }

    @Test
    void a_call_that_names_its_transaction_wrongly_is_refused() {
        Metadata wrong = new Metadata();
        wrong.put(Metadata.Key.of("avow-transaction-bin", Metadata.BINARY_BYTE_MARSHALLER), new byte[] {1, 2, 3});
        wrong.put(Metadata.Key.of("avow-coordinator", Metadata.ASCII_STRING_MARSHALLER), "localhost:1");
        ManagedChannel channel = orders.channel();
        try {
            Channel lying = ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(wrong));
            StatusRuntimeException refused =
                    assertThrows(StatusRuntimeException.class, () -> Texts.put(lying, "O1=120"));
            assertEquals(Status.Code.INVALID_ARGUMENT, refused.getStatus().getCode());
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void a_transaction_that_its_coordinator_does_not_know_gets_no_work() {
        Metadata forged = new Metadata();
        shop.coordinator.transact("O1", transaction -> {
            new Travelling(transaction.id(), "forged", shop.address, "the coordinator").putInto(forged);
            Texts.put(shop.orders, "O1=120");
        });
        ManagedChannel channel = orders.channel();
        try {
            Channel lying = ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(forged));
            StatusRuntimeException refused =
                    assertThrows(StatusRuntimeException.class, () -> Texts.put(lying, "O2=120"));
            assertTrue(String.valueOf(refused.getMessage()).contains("isn't at work"), refused::toString);
            assertEquals(Optional.empty(), ordered("O2"));
        } finally {
            channel.shutdownNow();
        }
    }
}
