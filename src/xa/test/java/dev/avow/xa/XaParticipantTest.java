package dev.avow.xa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.BranchEnding;
import dev.avow.engine.HeuristicException;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.Ending;
import dev.avow.protocol.Vote;
import dev.avow.xa.ScriptedResource.Call;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.Test;

/** The order of calls, and what happens when they go wrong one after the other. */
final class XaParticipantTest {
    private static final Duration IMPATIENT = Duration.ofMillis(50);

    private final FakeTransaction transaction = new FakeTransaction(1);
    private final TransactionId id = transaction.id();
    private final AvowXid xid = AvowXid.of(id, "orders");
    private final ScriptedResource own = new ScriptedResource();
    private final ScriptedResource recovery = new ScriptedResource();
    private final XaParticipant orders = XaParticipant.of("orders", recovery, IMPATIENT);

    private void prepare() throws Exception {
        orders.enlist(transaction, own);
        assertEquals(Vote.YES, orders.prepare(id));
    }

    @Test
    void a_branch_starts_ends_prepares_and_commits_on_its_own_resource() throws Exception {
        prepare();
        assertEquals(Vote.YES, orders.prepare(id));
        orders.commit(id);
        assertEquals("start end prepare commit", own.calls());
        assertEquals("", recovery.calls());
        assertEquals(1, transaction.enlistments());
    }

    @Test
    void a_read_only_branch_is_over_with_its_vote() throws Exception {
        orders.enlist(transaction, own.readOnly());
        assertEquals(Vote.READ_ONLY, orders.prepare(id));
        assertEquals(Vote.NO, orders.prepare(id));
    }

    @Test
    void work_that_it_does_not_hold_is_voted_no() throws Exception {
        assertEquals(Vote.NO, orders.prepare(id));
        assertEquals(Ending.UNKNOWN, orders.commitOnePhase(id));
        assertEquals("", recovery.calls());
    }

    @Test
    void a_failed_enlistment_leaves_the_resource_alone() {
        assertThrows(IllegalStateException.class, () -> orders.enlist(transaction.ended(), own));
        assertEquals("", own.calls());
    }

    @Test
    void the_same_resource_may_be_enlisted_again_and_another_is_refused() throws Exception {
        orders.enlist(transaction, own);
        orders.enlist(transaction, own);
        assertThrows(IllegalStateException.class, () -> orders.enlist(transaction, new ScriptedResource()));
        assertThrows(SQLException.class, () -> orders.connection(transaction));
        assertEquals("start", own.calls());
    }

    /** Derby 10.16 keeps an ended branch, with its locks, when the connection is lost over which it was worked on. */
    @Test
    void a_commit_in_one_phase_whose_connection_is_lost_leaves_no_branch_behind() throws Exception {
        orders.enlist(transaction, own);
        own.failing(Call.COMMIT_ONE_PHASE, XaCode.XAER_RMFAIL).failing(Call.ROLLBACK, XaCode.XAER_RMFAIL);
        assertThrows(XAException.class, () -> orders.commitOnePhase(transaction.id()));
        assertEquals(List.of(transaction.id()), List.copyOf(orders.inDoubt()));
        orders.abort(transaction.id());
        assertEquals("open recover recover rollback", recovery.calls());
        assertEquals(List.of(), List.copyOf(orders.inDoubt()));
    }

    @Test
    void a_commit_whose_reply_is_lost_is_repeated_over_the_recovery_connection() throws Exception {
        prepare();
        own.failing(Call.COMMIT, XaCode.XAER_RMFAIL);
        recovery.failing(Call.COMMIT, XaCode.XAER_NOTA);
        XAException failure = assertThrows(XAException.class, () -> orders.commit(id));
        assertEquals(XAException.XAER_RMFAIL, failure.errorCode);
        orders.commit(id);
        assertEquals("start end prepare commit", own.calls());
        assertEquals("open commit recover", recovery.calls());
    }

    @Test
    void a_commit_that_ends_in_an_error_of_the_driver_is_repeated_likewise_and_makes_no_hazard() throws Exception {
        prepare();
        own.failing(Call.COMMIT, new OutOfMemoryError("while reading the reply"));
        recovery.failing(Call.COMMIT, XaCode.XAER_NOTA);
        XAException failure = assertThrows(XAException.class, () -> orders.commit(id));
        assertTrue(String.valueOf(failure.getMessage()).contains("while reading the reply"), failure::toString);
        orders.commit(id);
        assertEquals("start end prepare commit", own.calls());
        assertEquals("open commit recover", recovery.calls());
    }

    @Test
    void a_commit_whose_failure_cannot_be_looked_into_for_an_error_is_repeated_likewise() throws Exception {
        AtomicBoolean once = new AtomicBoolean(true);
        XaResourceFactory factory = () -> {
            if (once.getAndSet(false)) {
                throw new NoClassDefFoundError("the driver's");
            }
            return recovery.open();
        };
        XaParticipant broken = XaParticipant.of("orders", factory, IMPATIENT);
        broken.enlist(transaction, own);
        broken.prepare(id);
        own.failing(Call.COMMIT, XaCode.XAER_RMERR);
        assertThrows(NoClassDefFoundError.class, () -> broken.commit(id));
        broken.commit(id);
        assertEquals("start end prepare commit", own.calls());
        assertEquals("open commit", recovery.calls());
    }

    @Test
    void a_settled_branch_that_is_asked_late_votes_no() throws Exception {
        XaBranch branch = new XaBranch(
                xid, transaction, new RecoverySession("orders", recovery, IMPATIENT), IMPATIENT, settled -> {});
        assertTrue(branch.beginOn(own, () -> new Lease.Lent(own)));
        branch.abort();
        assertEquals(Vote.NO, branch.prepare());
        assertEquals("start end(fail) rollback", own.calls());
    }

    @Test
    void work_that_was_ended_or_suspended_goes_on_as_its_flags_say() throws Exception {
        assertFalse(orders.delist(transaction, own, XAResource.TMSUCCESS));
        orders.enlist(transaction, own);
        assertFalse(orders.resume(transaction, own));
        assertTrue(orders.delist(transaction, own, XAResource.TMSUSPEND));
        assertFalse(orders.delist(transaction, own, XAResource.TMSUSPEND));
        assertTrue(orders.resume(transaction, own));
        assertTrue(orders.delist(transaction, own, XAResource.TMSUCCESS));
        assertTrue(orders.resume(transaction, own));
        assertTrue(orders.delist(transaction, own, XAResource.TMSUCCESS));
        assertEquals(Vote.YES, orders.prepare(id));
        assertFalse(orders.delist(transaction, own, XAResource.TMSUCCESS));
        assertEquals(
                "start end(suspend) start(resume) end start(join) end prepare",
                own.calls(),
                "ended work isn't ended again");
    }

    @Test
    void work_that_was_ended_as_failed_can_only_be_aborted() throws Exception {
        orders.enlist(transaction, own);
        orders.delist(transaction, own, XAResource.TMFAIL);
        assertEquals(Vote.NO, orders.prepare(id));
        assertEquals("start end(fail) rollback", own.calls());
    }

    @Test
    void a_further_participant_has_branches_of_its_own_and_shares_the_connection_for_recovery() throws Exception {
        XaParticipant second = orders.further(2);
        assertEquals("orders#2", second.name());
        recovery.listing(AvowXid.of(FakeTransaction.id(7), "orders#2"));
        assertEquals(Set.of(), Set.copyOf(orders.inDoubt()));
        assertEquals(Set.of(FakeTransaction.id(7)), Set.copyOf(second.inDoubt()));
        second.commit(FakeTransaction.id(7));
        assertEquals("open recover recover commit", recovery.calls());
        assertThrows(IllegalArgumentException.class, () -> orders.further(1));
    }

    @Test
    void a_commit_that_had_no_effect_is_repeated_on_the_same_resource() throws Exception {
        prepare();
        own.failing(Call.COMMIT, XaCode.XA_RETRY);
        assertThrows(XAException.class, () -> orders.commit(id));
        orders.commit(id);
        assertEquals("start end prepare commit commit", own.calls());
    }

    @Test
    void a_heuristic_commit_is_forgotten_before_it_counts() throws Exception {
        prepare();
        own.failing(Call.COMMIT, XaCode.XA_HEURCOM).failing(Call.FORGET, XaCode.XAER_RMERR);
        recovery.failing(Call.COMMIT, XaCode.XA_HEURCOM);
        assertThrows(XAException.class, () -> orders.commit(id));
        orders.commit(id);
        assertEquals("open commit forget", recovery.calls());
    }

    @Test
    void the_evidence_of_a_heuristic_outcome_stays_until_forget() throws Exception {
        prepare();
        own.failing(Call.COMMIT, XaCode.XA_HEURRB).failing(Call.COMMIT, XaCode.XA_HEURRB);
        for (int asked = 0; asked < 2; asked++) {
            var report = assertThrows(HeuristicException.class, () -> orders.commit(id));
            assertEquals(BranchEnding.HEURISTIC_ABORTED, report.ending());
        }
        orders.forget(id);
        orders.forget(id);
        assertEquals("start end prepare commit commit forget", own.calls());
        assertEquals("open forget", recovery.calls());
        assertEquals(Set.of(), Set.copyOf(orders.inDoubt()));
    }

    @Test
    void what_one_alone_settled_in_one_phase_is_forgotten_on_its_own_resource() throws Exception {
        orders.enlist(transaction, own.failing(Call.COMMIT_ONE_PHASE, XaCode.XA_HEURMIX));
        assertThrows(HeuristicException.class, () -> orders.commitOnePhase(id));
        orders.forget(id);
        assertEquals("start end commit_one_phase forget", own.calls());
    }

    @Test
    void a_lent_resource_that_nothing_else_reaches_is_asked_again_itself() throws Exception {
        recovery.failing(Call.COMMIT, XaCode.XAER_RMFAIL).failing(Call.COMMIT, XaCode.XAER_RMFAIL);
        prepare();
        // The first may have come there, and only its answer been lost.
        own.failing(Call.COMMIT, XaCode.XAER_RMFAIL).failing(Call.COMMIT, XaCode.XAER_NOTA);
        assertThrows(XAException.class, () -> orders.commit(id));
        orders.commit(id);
        assertEquals("start end prepare commit commit", own.calls());
    }

    @Test
    void an_interrupted_thread_may_have_what_nobody_holds() throws Exception {
        Thread.currentThread().interrupt();
        try {
            orders.enlist(transaction, own);
            assertTrue(orders.delist(transaction, own, XAResource.TMSUCCESS));
        } finally {
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void work_does_not_go_on_after_the_vote() throws Exception {
        prepare();
        assertThrows(IllegalStateException.class, () -> orders.resume(transaction, own));
        orders.commit(id);
        assertThrows(IllegalStateException.class, () -> orders.resume(transaction, own));
    }

    @Test
    void an_abort_that_fails_leaves_the_branch_in_doubt_so_that_recovery_repeats_it() throws Exception {
        orders.enlist(transaction, own.failing(Call.ROLLBACK, XaCode.XAER_RMFAIL));
        assertThrows(XAException.class, () -> orders.abort(id));
        assertEquals(Set.of(id), Set.copyOf(orders.inDoubt()));
        orders.abort(id);
        assertEquals(Set.of(), Set.copyOf(orders.inDoubt()));
        assertEquals("start end(fail) rollback", own.calls());
    }

    @Test
    void a_prepare_that_may_have_succeeded_unseen_is_aborted_over_the_recovery_connection() throws Exception {
        orders.enlist(transaction, own);
        own.failing(Call.PREPARE, XaCode.XAER_RMFAIL).failing(Call.ROLLBACK, XaCode.XAER_RMFAIL);
        assertThrows(XAException.class, () -> orders.prepare(id));
        assertEquals(Set.of(id), Set.copyOf(orders.inDoubt()));
        orders.abort(id);
        assertEquals("open recover recover rollback", recovery.calls());
    }

    @Test
    void an_abort_does_not_wait_for_a_hanging_prepare_and_takes_effect_when_it_returns() throws Exception {
        CountDownLatch returned = new CountDownLatch(1);
        orders.enlist(transaction, own.holdingPrepare(returned));
        CompletableFuture<Vote> vote = CompletableFuture.supplyAsync(() -> voteOf(orders));
        awaitCall("start end prepare");
        assertThrows(TimeoutException.class, () -> orders.abort(id));
        assertEquals(Set.of(id), Set.copyOf(orders.inDoubt()));
        returned.countDown();
        assertEquals(Vote.NO, vote.get(10, TimeUnit.SECONDS));
        assertEquals("start end prepare rollback", own.calls());
        assertEquals(Set.of(), Set.copyOf(orders.inDoubt()));
    }

    private Vote voteOf(XaParticipant participant) {
        try {
            return participant.prepare(id);
        } catch (Exception unexpected) {
            throw new IllegalStateException(unexpected);
        }
    }

    private void awaitCall(String calls) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!own.calls().equals(calls)) {
            assertTrue(System.nanoTime() < deadline, () -> "only " + own.calls());
            Thread.onSpinWait();
        }
    }

    @Test
    void in_doubt_are_our_branches_of_every_coordinator_and_incarnation() throws Exception {
        TransactionId otherCoordinator = TransactionId.of(5, 1, 1);
        TransactionId earlier = TransactionId.of(id.coordinator(), 1, 9);
        recovery.listing(AvowXid.of(otherCoordinator, "orders"))
                .listing(AvowXid.of(earlier, "orders"))
                .listing(AvowXid.of(id, "payments"));
        assertEquals(List.of(otherCoordinator, earlier), List.copyOf(orders.inDoubt()));
    }

    @Test
    void a_recovery_connection_that_broke_since_its_last_use_is_replaced_at_once() throws Exception {
        orders.inDoubt();
        recovery.failing(Call.COMMIT, XaCode.XAER_RMFAIL);
        orders.commit(id);
        assertEquals("open recover commit close open commit", recovery.calls());
    }

    @Test
    void a_driver_that_throws_a_null_pointer_exception_counts_as_unavailable() throws Exception {
        prepare();
        own.failing(Call.COMMIT, new NullPointerException("this.physicalConn is null"));
        XAException failure = assertThrows(XAException.class, () -> orders.commit(id));
        assertEquals(XAException.XAER_RMFAIL, failure.errorCode);
        orders.commit(id);
        assertEquals("open commit", recovery.calls());
    }

    @Test
    void a_message_names_participant_branch_code_and_meaning() throws Exception {
        prepare();
        own.failing(Call.COMMIT, XaCode.XAER_RMFAIL);
        XAException failure = assertThrows(XAException.class, () -> orders.commit(id));
        assertEquals(
                "participant \"orders\", commit of " + xid + ": XAER_RMFAIL (the resource is unavailable): "
                        + "javax.transaction.xa.XAException: as scripted",
                failure.getMessage());
    }

    @Test
    void a_committed_branch_is_not_touched_by_a_late_abort_of_its_own_process() throws Exception {
        prepare();
        orders.commit(id);
        recovery.failing(Call.ROLLBACK, XaCode.XAER_NOTA);
        orders.abort(id);
        assertEquals("start end prepare commit", own.calls());
        assertEquals("open recover rollback", recovery.calls());
    }

    @Test
    void a_branch_that_is_not_prepared_is_not_committed() throws Exception {
        orders.enlist(transaction, own);
        assertThrows(IllegalStateException.class, () -> orders.commit(id));
        assertEquals("start", own.calls());
    }

    @Test
    void a_closed_participant_closes_its_recovery_connection_and_refuses_more() throws Exception {
        orders.inDoubt();
        orders.close();
        assertThrows(IllegalStateException.class, orders::inDoubt);
        assertEquals("open recover close", recovery.calls());
    }
}
