package dev.avow.resources;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.avow.xa.kit.XaLink;
import java.util.List;
import javax.transaction.xa.Xid;

/** What an administrator does to a branch. */
final class ByHand {
    /** Settles the only branch in doubt, over a connection of its own. */
    static void settle(Subject subject, boolean commit) throws Exception {
        try (XaLink link = subject.direct().target().open()) {
            List<Xid> found = Desk.inDoubt(link.resource());
            assertEquals(1, found.size());
            if (commit) {
                link.resource().commit(found.get(0), false);
            } else {
                link.resource().rollback(found.get(0));
            }
        }
    }

    private ByHand() {}
}
