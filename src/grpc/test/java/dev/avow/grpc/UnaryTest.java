package dev.avow.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.BranchEnding;
import dev.avow.engine.HeuristicException;
import dev.avow.engine.Outcome;
import dev.avow.engine.Participant;
import dev.avow.engine.TransactionId;
import dev.avow.grpc.contract.Answer;
import dev.avow.grpc.contract.Order;
import dev.avow.grpc.contract.ParticipantServiceGrpc;
import dev.avow.protocol.Ending;
import dev.avow.protocol.Vote;
import io.grpc.Context;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders that are told one by one. */
class UnaryTest {
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final List<AutoCloseable> open = new ArrayList<>();

    /** As the coordinator of this transaction, for which it has worked, speaks with it. */
    private record Known(RemoteParticipant remote, TransactionId id) implements AutoCloseable {
        @Override
        public void close() {
            remote.close();
        }
    }

    private Known unary(Duration patience, UnaryOperator<Participant> around) throws IOException {
        StoreService orders = closing(StoreService.started(folder.resolve("orders"), "orders", LONG, around));
        StoreService payments = closing(StoreService.started(folder.resolve("payments"), "payments"));
        try (Shop shop = new Shop(folder.resolve("log"), orders, payments)) {
            Outcome outcome = shop.coordinator.transact("O1", transaction -> Texts.put(shop.orders, "O1=120"));
            ManagedChannel channel = orders.channel();
            open.add(channel::shutdownNow);
            return new Known(RemoteParticipant.of("orders", channel, patience).unary(), outcome.id());
        }
    }

    private StoreService closing(StoreService service) {
        open.add(service);
        return service;
    }

    @AfterEach
    void close() throws Exception {
        goOn.countDown();
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    /** Hangs in its vote, until the test has it go on. */
    private Participant hanging(Participant store) {
        return new Around(store) {
            @Override
            public Vote prepare(TransactionId id) throws Exception {
                asked.countDown();
                goOn.await();
                return Vote.YES;
            }
        };
    }

    /** Writes down what it is told, from its first vote on. */
    private static final class Noting extends Around {
        private final List<String> told;

        Noting(Participant store, List<String> told) {
            super(store);
            this.told = told;
        }

        @Override
        public Vote prepare(TransactionId id) {
            told.add("prepare " + id);
            return Vote.READ_ONLY;
        }

        @Override
        public void commit(TransactionId id) {
            told.add("commit " + id);
        }

        @Override
        public void abort(TransactionId id) {
            told.add("abort " + id);
        }

        @Override
        public Ending commitOnePhase(TransactionId id) throws Exception {
            if (told.isEmpty()) {
                return super.commitOnePhase(id);
            }
            told.add("onePhase " + id);
            return Ending.ABORTED;
        }

        @Override
        public void forget(TransactionId id) {
            told.add("forget " + id);
        }
    }

    @Test
    void every_order_is_carried_out_and_answered() throws Exception {
        List<String> told = new CopyOnWriteArrayList<>();
        try (Known known = unary(LONG, store -> new Noting(store, told))) {
            // Another one: this one's ending is remembered here.
            TransactionId id = TransactionId.of(
                    known.id().coordinator(),
                    known.id().incarnation(),
                    known.id().sequence() + 1);
            assertEquals(Vote.READ_ONLY, known.remote().prepare(id));
            known.remote().commit(id);
            known.remote().abort(id);
            assertEquals(Ending.ABORTED, known.remote().commitOnePhase(id));
            known.remote().forget(id);
            assertEquals(List.of(), List.copyOf(known.remote().inDoubt()));
            assertEquals(
                    List.of("prepare " + id, "commit " + id, "abort " + id, "onePhase " + id, "forget " + id), told);
        }
    }

    @Test
    void a_failure_and_a_settling_alone_are_told() throws Exception {
        UnaryOperator<Participant> failing = store -> new Around(store) {
            @Override
            public Vote prepare(TransactionId id) throws IOException {
                throw new IOException("the disk is gone");
            }

            @Override
            public void commit(TransactionId id) throws HeuristicException {
                throw new HeuristicException(BranchEnding.HEURISTIC_ABORTED, "by hand");
            }
        };
        try (Known known = unary(LONG, failing)) {
            IOException failed =
                    assertThrows(IOException.class, () -> known.remote().prepare(known.id()));
            assertTrue(String.valueOf(failed.getMessage()).contains("the disk is gone"), failed::toString);
            HeuristicException alone =
                    assertThrows(HeuristicException.class, () -> known.remote().commit(known.id()));
            assertEquals(BranchEnding.HEURISTIC_ABORTED, alone.ending());
        }
    }

    @Test
    void an_answer_that_does_not_come_is_waited_for_no_longer_than_was_said() throws Exception {
        try (Known known = unary(Duration.ofMillis(300), this::hanging)) {
            Exception late = assertThrows(Exception.class, () -> known.remote().prepare(known.id()));
            assertTrue(
                    String.valueOf(late.getMessage()).contains("hasn't answered within PT0.3S to PREPARE"),
                    late::toString);
        }
    }

    @Test
    void the_participant_is_told_how_long_its_answer_is_awaited() throws Exception {
        CompletableFuture<Long> left = new CompletableFuture<>();
        Server server = Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
                .addService(new ParticipantServiceGrpc.ParticipantServiceImplBase() {
                    @Override
                    public void tell(Order order, StreamObserver<Answer> reply) {
                        left.complete(Optional.ofNullable(Context.current().getDeadline())
                                .map(deadline -> deadline.timeRemaining(TimeUnit.SECONDS))
                                .orElse(-1L));
                        reply.onNext(Wire.answer(Vote.NO).build());
                        reply.onCompleted();
                    }
                })
                .build()
                .start();
        open.add(server::shutdownNow);
        ManagedChannel channel = Texts.channel("localhost:" + server.getPort());
        open.add(channel::shutdownNow);
        try (RemoteParticipant remote =
                RemoteParticipant.of("orders", channel, LONG).unary()) {
            assertEquals(Vote.NO, remote.prepare(TransactionId.of(1, 1, 1)));
        }
        assertTrue(left.join() >= 0 && left.join() <= LONG.toSeconds(), left::toString);
    }

    @Test
    void closing_ends_what_is_under_way() throws Exception {
        Known known = unary(LONG, this::hanging);
        CompletableFuture<Vote> vote = CompletableFuture.supplyAsync(() -> {
            try {
                return known.remote().prepare(known.id());
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        });
        assertTrue(asked.await(LONG.toSeconds(), TimeUnit.SECONDS));
        known.close();
        ExecutionException ended =
                assertThrows(ExecutionException.class, () -> vote.get(LONG.toSeconds() / 2, TimeUnit.SECONDS));
        assertTrue(String.valueOf(ended.getMessage()).contains("can't be reached"), ended::toString);
        IllegalStateException closed =
                assertThrows(IllegalStateException.class, () -> known.remote().prepare(known.id()));
        assertTrue(String.valueOf(closed.getMessage()).contains("is closed"), closed::toString);
    }

    @Test
    void an_order_does_not_end_with_the_call_in_which_it_is_told() throws Exception {
        try (Known known = unary(LONG, store -> store);
                Context.CancellableContext call = Context.current().withCancellation()) {
            call.cancel(null);
            assertEquals(Vote.NO, call.call(() -> known.remote().prepare(known.id())));
        }
    }

    @Test
    void an_order_about_anothers_transaction_is_refused() throws Exception {
        try (Known known = unary(LONG, store -> store)) {
            TransactionId another = TransactionId.of(known.id().coordinator() ^ 1, 1, 1);
            IOException refused =
                    assertThrows(IOException.class, () -> known.remote().prepare(another));
            assertTrue(String.valueOf(refused.getMessage()).contains("has never worked for"), refused::toString);
        }
    }
}
