package dev.avow.services.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.avow.engine.AvowOptions;
import dev.avow.engine.Participant;
import dev.avow.engine.TransactionId;
import dev.avow.grpc.Identity;
import dev.avow.micrometer.AvowSpans;
import dev.avow.protocol.Vote;
import io.micrometer.core.instrument.binder.grpc.ObservationGrpcClientInterceptor;
import io.micrometer.core.instrument.binder.grpc.ObservationGrpcServerInterceptor;
import io.micrometer.observation.Observation;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A transaction over two services is one trace. On real connections, with a tracer for each process. */
class ServiceSpansTest {
    @TempDir
    private Path folder;

    private final Spans spans = new Spans();
    private final Tracing atOrders = new Tracing(spans);
    private final Tracing atPayments = new Tracing(spans);
    private final Tracing atShop = new Tracing(spans);
    /** In what the order service's store is asked for its vote. */
    private final CompletableFuture<String> atPrepare = new CompletableFuture<>();

    private volatile boolean refuses;
    private Service orders;
    private Service payments;
    private Shop shop;

    @BeforeEach
    void open() throws IOException {
        orders = service("orders", atOrders, store -> new Around(store) {
            @Override
            public Vote prepare(TransactionId id) throws Exception {
                atPrepare.complete(Objects.requireNonNull(atOrders.registry.getCurrentObservation())
                        .getContext()
                        .getContextualName());
                if (refuses) {
                    throw new IllegalStateException("sold out");
                }
                return super.prepare(id);
            }
        });
        payments = service("payments", atPayments, store -> store);
        AvowSpans transactions = new AvowSpans(atShop.registry);
        shop = new Shop(
                folder.resolve("log"),
                transactions.observing(AvowOptions.defaults()),
                Identity.plainText().observedBy(ServiceSpans.of(atShop.registry, transactions)),
                orders,
                payments,
                new ObservationGrpcClientInterceptor(atShop.registry));
    }

    private Service service(String name, Tracing tracing, UnaryOperator<Participant> around) throws IOException {
        return new Service(
                folder,
                name,
                Identity.plainText().observedBy(ServiceSpans.of(tracing.registry)),
                around,
                new ObservationGrpcServerInterceptor(tracing.registry));
    }

    @AfterEach
    void close() {
        shop.close();
        orders.close();
        payments.close();
        List.of(atShop, atOrders, atPayments).forEach(Tracing::close);
    }

    @Test
    void a_commit_over_two_services_is_one_trace() throws Exception {
        Observation.createNotStarted("request", atShop.registry)
                .observe(() -> shop.coordinator
                        .transact("O1", transaction -> shop.buy("O1"))
                        .requireCommitted());
        List<SpanData> ended = spans.await(18);
        assertEquals(
                List.of(
                        "avow.transaction in request",
                        "commit orders in avow.transaction",
                        "commit orders in commit orders",
                        "commit orders in commit orders",
                        "commit payments in avow.transaction",
                        "commit payments in commit payments",
                        "commit payments in commit payments",
                        "prepare orders in avow.transaction",
                        "prepare orders in prepare orders",
                        "prepare orders in prepare orders",
                        "prepare payments in avow.transaction",
                        "prepare payments in prepare payments",
                        "prepare payments in prepare payments",
                        "request in nothing",
                        "test.Texts/Put in avow.transaction",
                        "test.Texts/Put in avow.transaction",
                        "test.Texts/Put in test.Texts/Put",
                        "test.Texts/Put in test.Texts/Put"),
                Spans.tree(ended));
        assertEquals(1, ended.stream().map(SpanData::getTraceId).distinct().count());
    }

    @Test
    void a_span_says_what_was_ordered_and_how_it_was_answered() throws Exception {
        shop.coordinator.transact("O1", transaction -> shop.buy("O1")).requireCommitted();
        assertEquals(
                List.of(
                        "CLIENT prepare of orders: yes",
                        "INTERNAL prepare of orders: null",
                        "SERVER prepare of orders: yes"),
                spans.await(17).stream()
                        .filter(span -> span.getName().equals("prepare orders"))
                        .map(span -> span.getKind() + " " + key(span, "message") + " of " + key(span, "participant")
                                + ": " + key(span, "answer"))
                        .sorted()
                        .toList());
    }

    private static String key(SpanData span, String name) {
        return span.getAttributes().get(AttributeKey.stringKey("avow." + name)) + "";
    }

    @Test
    void a_database_of_a_service_is_asked_within_the_order() throws Exception {
        shop.coordinator.transact("O1", transaction -> shop.buy("O1")).requireCommitted();
        assertEquals("prepare orders", atPrepare.get(20, TimeUnit.SECONDS));
    }

    @Test
    void a_no_is_the_error_of_every_span_that_waits_for_it() throws Exception {
        refuses = true;
        var unusedAborted = shop.coordinator.transact("O1", transaction -> shop.buy("O1"));
        List<SpanData> failed = spans.await(1).stream()
                .filter(span -> span.getStatus().getStatusCode() == StatusCode.ERROR)
                .toList();
        assertEquals(
                List.of(
                        "avow.transaction in nothing",
                        "prepare orders in avow.transaction",
                        "prepare orders in prepare orders",
                        "prepare orders in prepare orders"),
                Spans.tree(failed));
    }

    @Test
    void the_work_leaves_nothing_behind_in_its_thread() {
        shop.coordinator.transact("O1", transaction -> shop.buy("O1")).requireCommitted();
        assertNull(atShop.registry.getCurrentObservation());
    }
}
