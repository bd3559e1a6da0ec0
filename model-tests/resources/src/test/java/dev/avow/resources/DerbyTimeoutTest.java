package dev.avow.resources;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.avow.engine.TransactionId;
import dev.avow.servers.Await;
import dev.avow.xa.AvowXid;
import dev.avow.xa.kit.XaLink;
import dev.avow.xa.kit.XaTarget;
import javax.transaction.xa.XAException;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Why nobody should set Derby's timeout for branches. */
@ExtendWith(Subjects.class)
final class DerbyTimeoutTest {
    @Test
    void it_rolls_a_prepared_branch_back() throws Exception {
        XaTarget derby = Subjects.of(Kind.DERBY).direct().target();
        AvowXid xid = AvowXid.of(TransactionId.parse("3f9c02ab17de-7-42"), "subject");
        try (XaLink link = derby.open()) {
            link.resource().setTransactionTimeout(1);
            link.resource().start(xid, XAResource.TMNOFLAGS);
            link.write("timeout");
            link.resource().end(xid, XAResource.TMSUCCESS);
            assertEquals(XAResource.XA_OK, link.resource().prepare(xid));
            Await.until(
                    () -> Desk.inDoubt(derby).isEmpty(), () -> "it stays prepared: good news, for src/xa/README.md");
            assertThrows(XAException.class, () -> link.resource().commit(xid, false));
        }
        assertEquals(0, derby.count("timeout"));
    }
}
