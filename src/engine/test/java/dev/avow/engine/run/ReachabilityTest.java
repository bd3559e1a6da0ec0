package dev.avow.engine.run;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What is worth a line in the application's log. */
final class ReachabilityTest {
    private final Exception failure = new Exception("connection refused");
    private final Reachability reachability = new Reachability();
    private final MissingParticipant orders = new MissingParticipant("orders");
    private final MissingParticipant payments = new MissingParticipant("payments");

    @Test
    void only_the_first_failure_and_the_last_success_are_news() {
        assertFalse(reachability.succeeded(orders, "commit 1"), "it never failed");
        assertTrue(reachability.failed(orders, "commit 1", "a task", failure));
        assertFalse(reachability.failed(orders, "commit 1", "a task", failure), "a repetition");
        assertFalse(reachability.failed(orders, "commit 2", "a task", failure), "another task of the same participant");
        assertFalse(reachability.succeeded(orders, "commit 3"), "what succeeds beside it");
        assertFalse(reachability.succeeded(orders, "commit 1"), "one still fails");
        assertTrue(reachability.succeeded(orders, "commit 2"));
        assertFalse(reachability.succeeded(orders, "commit 2"));
        assertTrue(reachability.failed(orders, "commit 1", "a task", failure), "it fails anew");
    }

    @Test
    void each_participant_is_news_for_itself() {
        assertTrue(reachability.failed(orders, "commit 1", "a task", failure));
        assertTrue(reachability.failed(payments, "commit 1", "a task", failure));
        assertTrue(reachability.succeeded(payments, "commit 1"));
        assertTrue(reachability.succeeded(orders, "commit 1"));
    }
}
