package dev.avow.jta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.HeuristicRollbackException;
import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What resources are asked, and that C193 allows it: what it forbids fails as the pair is closed. */
final class PolicedResourcesTest {
    @TempDir
    private Path folder;

    private PolicedPair pair;
    private AvowTransactionManager manager;
    private Policed orders;
    private Policed broker;

    @BeforeEach
    void begin() throws Exception {
        pair = new PolicedPair(folder.resolve("log"));
        manager = pair.manager;
        orders = pair.orders;
        broker = pair.broker;
        manager.begin();
    }

    @AfterEach
    void close() {
        pair.close();
    }

    private static Set<String> gtrids(Set<Policed.Key> branches) {
        return branches.stream().map(Policed.Key::gtrid).collect(Collectors.toSet());
    }

    @Test
    void branches_of_one_transaction_share_its_gtrid_and_no_bqual_and_another_has_its_own() throws Exception {
        orders.withoutJoining();
        pair.enlist(orders);
        pair.enlist(orders);
        pair.enlist(orders);
        pair.enlist(broker);
        manager.commit();
        assertEquals(3, orders.begun().size());
        assertEquals(1, gtrids(orders.begun()).size());
        assertEquals(gtrids(orders.begun()), gtrids(broker.begun()));
        assertTrue(broker.begun().stream().noneMatch(orders.begun()::contains));
        assertEquals(3, orders.count("prepare"));
        manager.begin();
        pair.enlist(broker);
        manager.commit();
        assertEquals(2, gtrids(broker.begun()).size());
    }

    @Test
    void unregistered_ones_join_and_prepare_as_the_others() throws Exception {
        Policed nobodys = new Policed("nobody's");
        assertTrue(manager.getTransaction().enlistResource(nobodys.resource()));
        assertTrue(manager.getTransaction().enlistResource(nobodys.resource()));
        pair.enlist(broker);
        manager.commit();
        assertEquals(
                List.of("start @1", "start join @2", "end @1", "end @2", "prepare @1", "commit @1"), nobodys.calls());
        assertEquals(List.of(), nobodys.violations());
    }

    /** The application's own resource is still there, though recovery knows of none. */
    @Test
    void a_live_unregistered_one_hears_the_commit_again_and_its_heuristic_is_forgotten() throws Exception {
        Policed busy = new Policed("busy").failingOnce("commit", XAException.XAER_RMFAIL);
        Policed stubborn = new Policed("stubborn").failingOnce("commit", XAException.XA_HEURCOM);
        manager.getTransaction().enlistResource(busy.resource());
        manager.getTransaction().enlistResource(stubborn.resource());
        manager.commit();
        PolicedPair.await("both are told", () -> busy.isEmpty() && stubborn.isEmpty());
        assertEquals(1, stubborn.count("forget"));
    }

    @Test
    void what_is_suspended_is_ended_once_before_it_is_prepared_or_rolled_back() throws Exception {
        for (boolean commit : new boolean[] {true, false}) {
            Transaction transaction = manager.getTransaction();
            assertTrue(transaction.delistResource(pair.enlist(orders), XAResource.TMSUSPEND));
            assertTrue(transaction.delistResource(pair.enlist(orders), XAResource.TMSUSPEND));
            assertTrue(transaction.delistResource(pair.enlist(broker), XAResource.TMSUCCESS));
            if (commit) {
                manager.commit();
                manager.begin();
            } else {
                manager.rollback();
            }
        }
        assertEquals(2, orders.count("end @"));
        assertEquals(2, orders.count("end fail @"));
        assertEquals(4, orders.count("end suspend @"));
        assertEquals(2, broker.count("end"));
    }

    @Test
    void one_resource_is_enlisted_and_delisted_in_every_order() throws Exception {
        Transaction transaction = manager.getTransaction();
        XAResource one = pair.enlist(orders);
        assertTrue(transaction.enlistResource(one));
        assertTrue(transaction.delistResource(one, XAResource.TMSUSPEND));
        assertFalse(transaction.delistResource(one, XAResource.TMSUSPEND));
        assertTrue(transaction.enlistResource(one));
        assertTrue(transaction.delistResource(one, XAResource.TMSUSPEND));
        assertTrue(transaction.delistResource(one, XAResource.TMSUCCESS));
        assertFalse(transaction.delistResource(one, XAResource.TMSUCCESS));
        assertTrue(transaction.enlistResource(one));
        manager.commit();
        assertEquals(
                List.of(
                        "start @1",
                        "end suspend @1",
                        "start resume @1",
                        "end suspend @1",
                        "end @1",
                        "start join @1",
                        "end @1",
                        "commit in one phase @1"),
                orders.calls());
    }

    @Test
    void one_resource_alternates_between_two_transactions_while_it_is_suspended_in_the_other() throws Exception {
        XAResource one = pair.enlist(orders);
        Transaction first = manager.getTransaction();
        first.delistResource(one, XAResource.TMSUSPEND);
        assertSame(first, manager.suspend());
        manager.begin();
        Transaction second = manager.getTransaction();
        second.enlistResource(one);
        second.delistResource(one, XAResource.TMSUSPEND);
        manager.suspend();
        manager.resume(first);
        first.enlistResource(one);
        first.delistResource(one, XAResource.TMSUCCESS);
        manager.commit();
        manager.resume(second);
        second.enlistResource(one);
        manager.rollback();
        assertEquals(
                List.of(
                        "start @1",
                        "end suspend @1",
                        "start @1",
                        "end suspend @1",
                        "start resume @1",
                        "end @1",
                        "commit in one phase @1",
                        "start resume @1",
                        "end fail @1",
                        "rollback @1"),
                orders.calls());
    }

    /** C193, xa_end: it has dissociated the branch all the same. */
    @ParameterizedTest
    @ValueSource(ints = {XAResource.TMSUCCESS, XAResource.TMSUSPEND, XAResource.TMFAIL})
    void an_end_that_answers_rolled_back_is_not_repeated_and_leaves_only_the_rollback(int flag) throws Exception {
        orders.failingOnce("end", XAException.XA_RBDEADLOCK);
        XAResource one = pair.enlist(orders);
        pair.enlist(broker);
        assertThrows(SystemException.class, () -> manager.getTransaction().delistResource(one, flag));
        assertEquals(Status.STATUS_MARKED_ROLLBACK, manager.getStatus());
        assertThrows(RollbackException.class, manager::commit);
        assertEquals(1, orders.count("end"), () -> orders.calls().toString());
        assertEquals(0, broker.count("prepare"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void an_end_at_the_commit_that_answers_rolled_back_is_not_repeated(boolean alone) throws Exception {
        orders.failingOnce("end", XAException.XA_RBTIMEOUT);
        pair.enlist(orders);
        if (!alone) {
            pair.enlist(broker);
        }
        assertThrows(RollbackException.class, manager::commit);
        assertEquals(1, orders.count("end"), () -> orders.calls().toString());
        assertEquals(1, orders.count("rollback"));
    }

    @Test
    void an_error_as_it_is_delisted_leaves_only_the_rollback() throws Exception {
        orders.failingOnce("end", XAException.XAER_RMERR);
        XAResource one = pair.enlist(orders);
        assertThrows(SystemException.class, () -> manager.getTransaction().delistResource(one, XAResource.TMSUCCESS));
        assertEquals(Status.STATUS_MARKED_ROLLBACK, manager.getStatus());
        assertThrows(RollbackException.class, manager::commit);
    }

    /** The first, one in between and the last of XA_RB*, and their neighbours. */
    @ParameterizedTest
    @CsvSource({
        "100, RollbackException",
        "102, RollbackException",
        "107, RollbackException",
        "99,  SystemException",
        "108, SystemException",
        "-8,  SystemException"
    })
    void a_refused_start_is_a_RollbackException_where_it_says_rolled_back(int code, String thrown) throws Exception {
        orders.failingOnce("start", code);
        Exception refused = assertThrows(Exception.class, () -> pair.enlist(orders));
        assertEquals(thrown, refused.getClass().getSimpleName());
        assertEquals(Status.STATUS_MARKED_ROLLBACK, manager.getStatus());
        assertThrows(RollbackException.class, manager::commit);
    }

    @ParameterizedTest
    @CsvSource({
        "XA_HEURCOM, none",
        "XA_HEURRB,  HeuristicMixedException",
        "XA_HEURMIX, HeuristicMixedException",
        "XA_HEURHAZ, HeuristicMixedException"
    })
    void a_heuristic_is_forgotten_once_and_after_it_was_reported(String code, String thrown) throws Exception {
        orders.failingOnce("commit", XAException.class.getField(code).getInt(null));
        pair.enlist(orders);
        pair.enlist(broker);
        if (thrown.equals("none")) {
            manager.commit();
        } else {
            assertThrows(HeuristicMixedException.class, manager::commit);
        }
        pair.awaitSettled();
        assertEquals(1, orders.count("forget") + orders.count("recovery's forget"));
    }

    @Test
    void all_that_rolled_back_alone_are_a_heuristic_rollback_and_forgotten() throws Exception {
        orders.failingOnce("commit", XAException.XA_HEURRB);
        broker.failingOnce("commit", XAException.XA_HEURRB);
        pair.enlist(orders);
        pair.enlist(broker);
        assertThrows(HeuristicRollbackException.class, manager::commit);
        pair.awaitSettled();
    }

    @Test
    void those_that_only_read_hear_no_second_phase() throws Exception {
        orders.readOnly();
        broker.readOnly();
        pair.enlist(orders);
        pair.enlist(broker);
        manager.commit();
        assertEquals(List.of("start @1", "end @1", "prepare @1"), orders.calls());
        assertEquals(List.of("start @1", "end @1", "prepare @1"), broker.calls());
    }

    @Test
    void one_that_only_read_is_asked_no_more_itself_where_another_refuses() throws Exception {
        orders.readOnly();
        broker.failingOnce("prepare", XAException.XA_RBINTEGRITY);
        pair.enlist(orders);
        pair.enlist(broker);
        assertThrows(RollbackException.class, manager::commit);
        assertEquals(0, orders.count("rollback"));
    }
}
