package dev.avow.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.TransactionId;
import dev.avow.grpc.NodeStock.Level;
import dev.avow.grpc.contract.CoordinatorServiceGrpc;
import dev.avow.grpc.contract.EnlistReply;
import dev.avow.grpc.contract.EnlistRequest;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which work the stock in JavaScript takes, and which it refuses, whatever a call says that it works for. */
class ForeignEnlistmentTest {
    @TempDir
    private Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private Trade here;
    private ManagedChannel channel;

    @BeforeEach
    void open() throws Exception {
        NodeExample.assumeItRuns();
        here = Trade.with(NodeExample.asItIs(), folder);
        open.add(here);
        channel = here.stock.channel();
        open.add(channel::shutdownNow);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    /** A call that says that it works for this transaction of the coordinator there. */
    private Channel saying(TransactionId id, String coordinator) {
        Metadata headers = new Metadata();
        new Travelling(id, "said", coordinator, "whoever").putInto(headers);
        return ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private void assertRefused(Channel saying, Status.Code code, String why) {
        StatusRuntimeException refused = assertThrows(StatusRuntimeException.class, () -> NodeStock.reserve(saying, 2));
        assertEquals(code, refused.getStatus().getCode());
        assertTrue(String.valueOf(refused.getMessage()).contains(why), refused::toString);
    }

    @Test
    void a_call_without_a_transaction_is_refused() {
        assertRefused(channel, Status.Code.INVALID_ARGUMENT, "needs a transaction");
        assertEquals(Trade.UNTOUCHED, here.stock.level());
    }

    @Test
    void a_coordinator_elsewhere_is_not_called() {
        TransactionId id = TransactionId.of(1, 1, 1);
        assertRefused(saying(id, "far.internal:7400"), Status.Code.FAILED_PRECONDITION, "isn't known here");
        assertEquals(Trade.UNTOUCHED, here.stock.level());
    }

    @Test
    void work_of_a_transaction_that_has_ended_never_begins() {
        TransactionId id = here.bought().requireCommitted().id();
        assertRefused(saying(id, here.shop.address), Status.Code.FAILED_PRECONDITION, "isn't at work");
        assertEquals(new Level(8, 0), here.stock.level());
    }

    @Test
    void what_is_prepared_takes_no_more_work() {
        AtomicInteger refused = new AtomicInteger();
        here.shop
                .coordinator
                .transact("O1", transaction -> {
                    here.buy(2);
                    here.stock.whenAnswering(vote -> {
                        here.stock.whenAnswering(later -> {});
                        Channel late = saying(transaction.id(), here.shop.address);
                        assertRefused(late, Status.Code.FAILED_PRECONDITION, "is being ended");
                        refused.incrementAndGet();
                    });
                })
                .requireCommitted();
        assertEquals(1, refused.get());
        assertEquals(new Level(8, 0), here.stock.level());
    }

    /** Its coordinator answers only when the work timeout has passed. */
    @Test
    void what_has_ended_before_it_was_enlisted_never_works() throws Exception {
        CompletableFuture<StreamObserver<EnlistReply>> asked = new CompletableFuture<>();
        Server slow = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .addService(new CoordinatorServiceGrpc.CoordinatorServiceImplBase() {
                    @Override
                    public void enlist(EnlistRequest request, StreamObserver<EnlistReply> reply) {
                        asked.complete(reply);
                    }
                })
                .build()
                .start();
        try {
            Channel saying = saying(TransactionId.of(1, 1, 1), "localhost:" + slow.getPort());
            CompletableFuture<Void> call = CompletableFuture.runAsync(() -> NodeStock.reserve(saying, 2));
            StreamObserver<EnlistReply> reply = asked.get(60, TimeUnit.SECONDS);
            here.stock.letTheWorkTimeoutPass();
            reply.onNext(EnlistReply.getDefaultInstance());
            reply.onCompleted();
            CompletionException refused = assertThrows(CompletionException.class, call::join);
            assertTrue(String.valueOf(refused.getMessage()).contains("is being ended"), refused::toString);
            assertEquals(Trade.UNTOUCHED, here.stock.level());
        } finally {
            slow.shutdownNow();
        }
    }
}
