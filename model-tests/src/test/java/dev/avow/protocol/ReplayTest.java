package dev.avow.protocol;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Runs one history again: the command in a failure's report ends here. */
class ReplayTest {
    private static final String A_COMMIT = "2p0c:";

    @Test
    void the_run_that_was_asked_for_keeps_every_rule() {
        Run run = Run.parse(Protocol.PRODUCTION, System.getProperty("avow.run", A_COMMIT));
        assertTrue(run.keepsEveryRule(), run::report);
    }

    @Test
    void without_choices_a_transaction_is_committed() {
        assertTrue(Run.parse(Protocol.PRODUCTION, A_COMMIT).world().wasTold(Ending.COMMITTED));
    }
}
