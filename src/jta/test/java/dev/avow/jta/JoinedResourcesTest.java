package dev.avow.jta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.transaction.RollbackException;
import jakarta.transaction.Status;
import jakarta.transaction.SystemException;
import jakarta.transaction.Transaction;
import java.nio.file.Path;
import java.util.List;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several resources of one resource manager in one transaction, and what a resource is told as it is enlisted. */
final class JoinedResourcesTest {
    @TempDir
    private Path folder;

    private AvowTransactionManager manager;
    private Transaction transaction;
    private final MockResource first = new MockResource("broker");
    private final MockResource second = new MockResource("broker");
    private final MockResource other = new MockResource("another");

    @BeforeEach
    void begin() throws Exception {
        manager = AvowTransactionManager.at(folder.resolve("log"))
                .resource("broker", new Unreachable())
                .resource("another", new Unreachable())
                .open();
        manager.begin();
        transaction = manager.getTransaction();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void those_of_one_resource_manager_share_a_branch() throws Exception {
        transaction.enlistResource(manager.named("broker", first));
        transaction.enlistResource(manager.named("another", other));
        transaction.enlistResource(manager.named("broker", second));
        manager.commit();
        assertEquals(List.of("start", "end", "prepare", "commit"), first.calls);
        assertEquals(List.of("start join", "end"), second.calls);
        assertEquals(List.of("start", "end", "prepare", "commit"), other.calls);
    }

    @Test
    void one_branch_alone_is_committed_in_one_phase_however_many_work_for_it() throws Exception {
        transaction.enlistResource(first);
        transaction.enlistResource(second);
        manager.commit();
        assertEquals(List.of("start", "end", "commit in one phase"), first.calls);
        assertEquals(List.of("start join", "end"), second.calls);
    }

    @Test
    void each_is_suspended_and_delisted_by_itself() throws Exception {
        transaction.enlistResource(first);
        transaction.enlistResource(second);
        transaction.delistResource(second, XAResource.TMSUSPEND);
        transaction.delistResource(first, XAResource.TMSUCCESS);
        transaction.enlistResource(second);
        manager.rollback();
        assertEquals(List.of("start", "end", "rollback"), first.calls);
        assertEquals(List.of("start join", "end suspend", "start resume", "end fail"), second.calls);
    }

    @Test
    void one_name_keeps_them_apart_from_the_same_under_another() throws Exception {
        transaction.enlistResource(manager.named("broker", first));
        transaction.enlistResource(manager.named("another", second));
        manager.commit();
        assertEquals(List.of("start", "end", "prepare", "commit"), second.calls);
    }

    @Test
    void a_driver_that_can_not_join_gets_a_branch_of_its_own() throws Exception {
        transaction.enlistResource(first);
        transaction.enlistResource(second.failing("start join", XAException.XAER_PROTO));
        manager.commit();
        assertEquals(List.of("start", "end", "prepare", "commit"), first.calls);
        assertEquals(List.of("start join", "start", "end", "prepare", "commit"), second.calls);
    }

    @Test
    void what_could_not_begin_leaves_only_the_rollback() throws Exception {
        transaction.enlistResource(first);
        SystemException refused = assertThrows(
                SystemException.class,
                () -> transaction.enlistResource(other.failing("start", XAException.XAER_RMFAIL)));
        assertTrue(String.valueOf(refused.getMessage()).contains("XA error -7"), refused::toString);
        assertEquals(Status.STATUS_MARKED_ROLLBACK, manager.getStatus());
        assertThrows(RollbackException.class, manager::commit);
        assertEquals(List.of("start", "end fail", "rollback"), first.calls);
    }

    @Test
    void more_than_a_managers_participants_are_refused_and_the_rest_goes_on() throws Exception {
        for (int number = 0; number < Resources.FURTHER; number++) {
            transaction.enlistResource(manager.named("broker", new MockResource()));
        }
        SystemException tooMany = assertThrows(
                SystemException.class, () -> transaction.enlistResource(manager.named("broker", new MockResource())));
        assertTrue(String.valueOf(tooMany.getMessage()).contains("8 resources of \"broker\""), tooMany::toString);
        manager.commit();
    }
}
