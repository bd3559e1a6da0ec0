package dev.avow.xa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.protocol.Vote;
import dev.avow.xa.ScriptedResource.Call;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several resources of one resource manager at work for one branch. */
final class JoiningTest {
    private final FakeTransaction transaction = new FakeTransaction(1);
    private final ScriptedResource first = new ScriptedResource();
    private final ScriptedResource second = new ScriptedResource();
    private final XaParticipant orders = XaParticipant.of("orders", new ScriptedResource());

    @BeforeEach
    void begin() throws XAException {
        orders.enlist(transaction, first);
    }

    @Test
    void all_are_ended_and_the_first_alone_is_prepared_and_committed() throws Exception {
        assertTrue(orders.join(transaction, second));
        assertEquals(Vote.YES, orders.prepare(transaction.id()));
        orders.commit(transaction.id());
        assertEquals("start end prepare commit", first.calls());
        assertEquals("start(join) end", second.calls());
    }

    @Test
    void each_is_delisted_and_resumed_by_itself() throws Exception {
        orders.join(transaction, second);
        assertTrue(orders.delist(transaction, second, XAResource.TMSUSPEND));
        assertTrue(orders.delist(transaction, first, XAResource.TMSUCCESS));
        assertTrue(orders.resume(transaction, second));
        orders.prepare(transaction.id());
        assertEquals("start end prepare", first.calls());
        assertEquals("start(join) end(suspend) start(resume) end", second.calls());
        assertFalse(orders.delist(transaction, new ScriptedResource(), XAResource.TMSUCCESS));
    }

    @Test
    void if_one_fails_to_end_the_others_are_ended_all_the_same_before_the_rollback() throws Exception {
        first.failing(Call.END, XaCode.XA_RBDEADLOCK);
        orders.join(transaction, second);
        assertEquals(Vote.NO, orders.prepare(transaction.id()));
        assertEquals("start end rollback", first.calls());
        assertEquals("start(join) end", second.calls());
    }

    @ParameterizedTest
    @EnumSource(names = {"XAER_INVAL", "XAER_PROTO", "XAER_NOTA", "XAER_RMERR"})
    void a_driver_that_can_not_join_leaves_the_branch_as_it_was(XaCode refusal) throws Exception {
        second.failing(Call.START, refusal);
        assertFalse(orders.join(transaction, second));
        assertEquals(Vote.YES, orders.prepare(transaction.id()));
        assertEquals("start(join)", second.calls());
    }

    @ParameterizedTest
    @EnumSource(names = {"XAER_RMFAIL", "XA_RBROLLBACK"})
    void a_resource_that_is_ill_says_so(XaCode illness) {
        second.failing(Call.START, illness);
        assertThrows(XAException.class, () -> orders.join(transaction, second));
    }

    @Test
    void nothing_joins_what_has_ended() throws Exception {
        orders.prepare(transaction.id());
        assertFalse(orders.join(transaction, second));
        assertFalse(orders.join(new FakeTransaction(2), second));
    }
}
