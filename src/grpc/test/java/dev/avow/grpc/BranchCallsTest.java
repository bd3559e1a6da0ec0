package dev.avow.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.Participant;
import dev.avow.engine.TransactionId;
import dev.avow.engine.participant.PeerKnowledge;
import dev.avow.protocol.Ending;
import dev.avow.protocol.Vote;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What meets a vote that is under way: a peer's question, an abort, the same order again. (PeersNeverPresume) */
class BranchCallsTest {
    private static final long LONG_SECONDS = 20;
    private static final TransactionId ID = TransactionId.of(1, 1, 1);

    private final OrderThreads threads = new OrderThreads();
    private final PeerKnowledge knowledge = new PeerKnowledge();
    private final Held participant = new Held();
    private final Clearing clearing =
            new Clearing(participant, threads.decisions(), OrderThreads.daemons("test-expiry"));
    private final Book book;
    private final BranchCalls calls;

    BranchCallsTest(@TempDir Path folder) {
        ParticipantOptions options = ParticipantOptions.of(folder, Identity.plainText());
        this.book = Book.open(folder, "held");
        OpenBranches branches = new OpenBranches(
                participant,
                new Coordinators(options, book),
                Duration.ofMinutes(1),
                clearing,
                knowledge,
                new OpenLimit(10, options.identity().refusals()));
        this.calls = new BranchCalls(participant, branches, clearing, knowledge);
    }

    @AfterEach
    void close() {
        clearing.close();
        threads.close();
        book.close();
    }

    /** Votes when the test hands it a vote; all calls are noted as they begin. */
    private static final class Held implements Participant {
        final BlockingQueue<String> begun = new LinkedBlockingQueue<>();
        private final SynchronousQueue<Vote> votes = new SynchronousQueue<>();

        void vote(Vote vote) throws InterruptedException {
            assertTrue(votes.offer(vote, LONG_SECONDS, TimeUnit.SECONDS), "nobody waits for a vote");
        }

        String awaitCall() throws InterruptedException {
            return Optional.ofNullable(begun.poll(LONG_SECONDS, TimeUnit.SECONDS))
                    .orElse("nothing");
        }

        @Override
        public String name() {
            return "held";
        }

        @Override
        public Vote prepare(TransactionId id) throws Exception {
            begun.add("prepare");
            return Optional.ofNullable(votes.poll(LONG_SECONDS, TimeUnit.SECONDS))
                    .orElseThrow();
        }

        @Override
        public void commit(TransactionId id) {
            begun.add("commit");
        }

        @Override
        public void abort(TransactionId id) {
            begun.add("abort");
        }

        @Override
        public Collection<TransactionId> inDoubt() {
            return List.of();
        }
    }

    private static <T> FutureTask<T> aside(Callable<T> call) {
        FutureTask<T> task = new FutureTask<>(call);
        OrderThreads.daemons("test-aside").newThread(task).start();
        return task;
    }

    private static <T> T resultOf(FutureTask<T> task) throws Exception {
        return task.get(LONG_SECONDS, TimeUnit.SECONDS);
    }

    private FutureTask<Vote> voting() throws InterruptedException {
        FutureTask<Vote> voting = aside(() -> calls.prepare(ID));
        assertEquals("prepare", participant.awaitCall());
        return voting;
    }

    @Test
    void while_a_vote_is_under_way_a_peer_hears_nothing_and_the_promise_stands() throws Exception {
        knowledge.works(ID);
        FutureTask<Vote> voting = voting();
        assertEquals(Optional.empty(), calls.askedByPeer(ID));
        participant.vote(Vote.YES);
        assertEquals(Vote.YES, resultOf(voting));
        assertEquals(Optional.empty(), calls.askedByPeer(ID));
        assertEquals(Optional.empty(), Optional.ofNullable(participant.begun.poll()));
    }

    @Test
    void who_was_refused_for_a_peer_is_not_even_asked_for_its_vote() throws Exception {
        knowledge.works(ID);
        assertEquals(Optional.of(Ending.ABORTED), calls.askedByPeer(ID));
        assertEquals("abort", participant.awaitCall());
        assertEquals(Vote.NO, calls.prepare(ID));
        assertEquals(Ending.ABORTED, calls.commitOnePhase(ID));
        assertEquals("abort", participant.awaitCall());
        assertEquals(Optional.empty(), Optional.ofNullable(participant.begun.poll()));
    }

    @Test
    void one_that_commits_in_one_phase_answers_nobody() throws Exception {
        knowledge.works(ID);
        FutureTask<Ending> ending = aside(() -> calls.commitOnePhase(ID));
        assertEquals("prepare", participant.awaitCall());
        assertEquals(Optional.empty(), calls.askedByPeer(ID));
        participant.vote(Vote.YES);
        assertEquals(Ending.COMMITTED, resultOf(ending));
        assertEquals("commit", participant.awaitCall());
        assertEquals(Optional.empty(), calls.askedByPeer(ID));
    }

    @Test
    void a_vote_of_no_is_known_to_be_an_abort() throws Exception {
        knowledge.works(ID);
        FutureTask<Vote> voting = voting();
        participant.vote(Vote.NO);
        assertEquals(Vote.NO, resultOf(voting));
        assertEquals(Optional.of(Ending.ABORTED), calls.askedByPeer(ID));
    }

    @Test
    void a_peers_answer_about_what_is_decided_here_changes_nothing() throws Exception {
        knowledge.found(ID);
        assertTrue(calls.hearFromPeer(ID, Ending.ABORTED));
        assertEquals("abort", participant.awaitCall());
        assertEquals(false, calls.hearFromPeer(ID, Ending.COMMITTED));
        assertEquals(false, calls.hearFromPeer(TransactionId.of(1, 1, 2), Ending.COMMITTED));
        assertEquals(Optional.empty(), Optional.ofNullable(participant.begun.poll()));
    }

    @Test
    void a_vote_that_an_abort_has_overtaken_is_no() throws Exception {
        knowledge.works(ID);
        FutureTask<Vote> voting = voting();
        calls.abort(ID);
        assertEquals("abort", participant.awaitCall());
        participant.vote(Vote.YES);
        assertEquals(Vote.NO, resultOf(voting));
        assertEquals("abort", participant.awaitCall());
    }

    @Test
    void who_has_promised_answers_nothing_and_refuses_no_more() throws Exception {
        knowledge.works(ID);
        FutureTask<Vote> voting = voting();
        participant.vote(Vote.YES);
        assertEquals(Vote.YES, resultOf(voting));
        assertEquals(Optional.empty(), calls.askedByPeer(ID));
        calls.commit(ID);
        assertEquals(Optional.of(Ending.COMMITTED), calls.askedByPeer(ID));
        assertEquals("commit", participant.awaitCall());
        assertEquals(Optional.empty(), Optional.ofNullable(participant.begun.poll()));
    }

    @Test
    void a_prepare_that_comes_again_waits_for_the_first() throws Exception {
        knowledge.works(ID);
        FutureTask<Vote> first = voting();
        FutureTask<Vote> again = aside(() -> calls.prepare(ID));
        participant.vote(Vote.YES);
        assertEquals(Vote.YES, resultOf(first));
        // Only now: with two at a time, the first's vote might as well have been taken by the second.
        assertEquals("prepare", participant.awaitCall());
        participant.vote(Vote.YES);
        assertEquals(Vote.YES, resultOf(again));
    }

    @Test
    void one_call_at_a_time_for_each_transaction_and_nothing_is_kept() throws Exception {
        Turns turns = new Turns();
        BlockingQueue<String> seen = new LinkedBlockingQueue<>();
        SynchronousQueue<String> go = new SynchronousQueue<>();
        FutureTask<String> first = aside(() -> turns.in(ID, Turns.Of.DECISION, () -> {
            seen.add("first");
            return Optional.ofNullable(go.poll(LONG_SECONDS, TimeUnit.SECONDS)).orElseThrow();
        }));
        assertEquals(Optional.of("first"), Optional.ofNullable(seen.poll(LONG_SECONDS, TimeUnit.SECONDS)));
        FutureTask<Boolean> second = aside(() -> turns.in(ID, Turns.Of.DECISION, () -> seen.add("second")));
        assertEquals("other", turns.in(TransactionId.of(1, 1, 2), Turns.Of.DECISION, () -> "other"));
        assertEquals("vote", turns.in(ID, Turns.Of.VOTE, () -> "vote"));
        assertTrue(seen.isEmpty(), "the second call didn't wait");
        assertTrue(go.offer("done", LONG_SECONDS, TimeUnit.SECONDS));
        assertEquals("done", resultOf(first));
        assertTrue(resultOf(second));
        assertEquals(0, turns.size());
    }
}
