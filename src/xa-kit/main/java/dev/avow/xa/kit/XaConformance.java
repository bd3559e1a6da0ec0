package dev.avow.xa.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.Test;

/**
 * What a resource manager must do so that a transaction manager can keep its promises on it, as JUnit tests: extend this
 * class and name your {@link #target}. The last test measures what it may do, and prints it.
 */
public abstract class XaConformance {
    /** For JUnit, which makes one for each test. */
    protected XaConformance() {}

    /** The resource manager; the same one at each call. */
    protected abstract XaTarget target() throws Exception;

    /** The code with which it answers the commit of a branch that it doesn't know; its own, if it has one of its own. */
    protected int codeOfUnknownBranch() {
        return XAException.XAER_NOTA;
    }

    /** Whether a prepared branch can be settled over another connection only after its own was closed. */
    protected boolean isBoundToItsConnection() {
        return false;
    }

    private void letGo(KitBranch branch) {
        if (isBoundToItsConnection()) {
            branch.close();
        }
    }

    /** Told of what was measured; prints it, unless overridden. */
    protected void measured(XaTraits traits) throws Exception {
        System.out.println(XaTraits.header() + "\n" + traits);
    }

    @Test
    public void a_branch_is_committed_in_two_phases() throws Exception {
        try (KitBranch branch = KitBranch.prepared(target())) {
            branch.commit(false);
            assertSettled(branch, 1);
        }
    }

    @Test
    public void a_branch_is_committed_in_one_phase() throws Exception {
        try (KitBranch branch = KitBranch.ended(target())) {
            branch.commit(true);
            assertSettled(branch, 1);
        }
    }

    @Test
    public void work_is_rolled_back() throws Exception {
        try (KitBranch branch = KitBranch.ended(target())) {
            branch.rollback();
            assertSettled(branch, 0);
        }
    }

    @Test
    public void a_prepared_branch_is_rolled_back() throws Exception {
        try (KitBranch branch = KitBranch.prepared(target())) {
            branch.rollback();
            assertSettled(branch, 0);
        }
    }

    @Test
    public void a_connection_works_for_one_branch_after_the_other() throws Exception {
        try (KitBranch first = KitBranch.prepared(target())) {
            first.commit(false);
            KitXid second = new KitXid();
            XAResource resource = first.link.resource();
            resource.start(second, XAResource.TMNOFLAGS);
            first.link.write(first.marker + " second");
            resource.end(second, XAResource.TMSUCCESS);
            resource.prepare(second);
            resource.commit(second, false);
            assertSettled(first, 1);
            assertEquals(1, target().count(first.marker + " second"));
        }
    }

    @Test
    public void work_that_is_not_prepared_is_not_listed() throws Exception {
        try (KitBranch branch = KitBranch.ended(target());
                XaLink other = target().open()) {
            assertFalse(branch.isListedBy(other));
            branch.rollback();
        }
    }

    @Test
    public void a_prepared_branch_is_found_and_committed_over_another_connection() throws Exception {
        try (KitBranch branch = KitBranch.prepared(target())) {
            letGo(branch);
            try (XaLink other = target().open()) {
                assertTrue(branch.isListedBy(other));
                other.resource().commit(branch.xid, false);
            }
            assertSettled(branch, 1);
        }
    }

    @Test
    public void a_prepared_branch_is_found_and_rolled_back_over_another_connection() throws Exception {
        try (KitBranch branch = KitBranch.prepared(target())) {
            letGo(branch);
            try (XaLink other = target().open()) {
                assertTrue(branch.isListedBy(other));
                other.resource().rollback(branch.xid);
            }
            assertSettled(branch, 0);
        }
    }

    @Test
    public void the_commit_of_an_unknown_branch_is_refused() throws Exception {
        try (XaLink link = target().open()) {
            XAException refusal =
                    assertThrows(XAException.class, () -> link.resource().commit(new KitXid(), false));
            assertEquals(codeOfUnknownBranch(), refusal.errorCode);
        }
    }

    @Test
    public void a_second_commit_is_refused() throws Exception {
        try (KitBranch branch = KitBranch.prepared(target());
                XaLink other = target().open()) {
            branch.commit(false);
            assertThrows(XAException.class, () -> other.resource().commit(branch.xid, false));
        }
    }

    /** Skipped for one that can't be killed. */
    @Test
    public void a_prepared_branch_survives_a_kill() throws Exception {
        XaTarget target = target();
        assumeTrue(target.canBeKilled(), "it can't be killed");
        KitBranch branch = KitBranch.prepared(target);
        target.kill();
        target.restart();
        branch.close();
        try (XaLink other = target.open()) {
            assertTrue(branch.isListedBy(other));
            other.resource().commit(branch.xid, false);
        }
        assertSettled(branch, 1);
    }

    /** Asserts nothing: {@link XaTraits} is to be read. */
    @Test
    public void what_it_may_choose_is_measured() throws Exception {
        measured(XaTraits.of(target()));
    }

    private void assertSettled(KitBranch branch, int expected) throws Exception {
        try (XaLink other = target().open()) {
            assertFalse(branch.isListedBy(other), "it is still in doubt");
        }
        assertEquals(expected, target().count(branch.marker));
    }
}
