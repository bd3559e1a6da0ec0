package dev.avow.cli.demo;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.AbortCause;
import dev.avow.engine.Outcome;
import dev.avow.engine.TransactionId;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlacementTest {
    private static Placement aborted(Optional<Exception> cause) {
        TransactionId id = TransactionId.of(1, 1, 1);
        return new Placement(
                new Outcome.Aborted(id, "O1", List.of(), AbortCause.REFUSED, "\"payments\" refused", cause),
                Optional.empty());
    }

    @Test
    void a_full_disk_is_seen_through_what_the_database_makes_of_it() {
        Exception database = new IllegalStateException("writing failed", new IOException("No space left on device"));
        assertTrue(aborted(Optional.of(database)).lackedSpace());
        assertFalse(aborted(Optional.of(new IOException("gone"))).lackedSpace());
        assertFalse(aborted(Optional.empty()).lackedSpace());
    }
}
