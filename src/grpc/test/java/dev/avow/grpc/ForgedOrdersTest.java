package dev.avow.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.TransactionId;
import dev.avow.grpc.contract.Answer;
import dev.avow.grpc.contract.Answers;
import dev.avow.grpc.contract.Commit;
import dev.avow.grpc.contract.ListInDoubtRequest;
import dev.avow.grpc.contract.Order;
import dev.avow.grpc.contract.Orders;
import dev.avow.grpc.contract.ParticipantServiceGrpc;
import dev.avow.protocol.Vote;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Whose orders a participant takes. */
class ForgedOrdersTest extends WithCertificates {
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
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .listInDoubt(ListInDoubtRequest.getDefaultInstance())
                .getTransactionsList();
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
}
