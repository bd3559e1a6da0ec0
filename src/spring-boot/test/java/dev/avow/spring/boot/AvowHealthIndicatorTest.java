package dev.avow.spring.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.Avow;
import dev.avow.engine.BranchEnding;
import dev.avow.engine.HeuristicException;
import dev.avow.engine.Participant;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.Vote;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.Status;

/** When whoever is on call has to look. */
final class AvowHealthIndicatorTest {
    @TempDir
    private Path folder;

    private record Failing(String name, Exception failure) implements Participant {
        @Override
        public Vote prepare(TransactionId id) {
            return Vote.YES;
        }

        @Override
        public void commit(TransactionId id) throws Exception {
            throw failure;
        }

        @Override
        public void abort(TransactionId id) {}

        @Override
        public Collection<TransactionId> inDoubt() {
            return List.of();
        }
    }

    private Health healthAfter(Exception failure, Duration pendingFor) {
        Participant orders = new Failing("orders", failure);
        Participant payments = new Failing("payments", failure);
        try (Avow avow = Avow.open(folder, orders, payments)) {
            avow.transact("O1", transaction -> {
                transaction.enlist(orders);
                transaction.enlist(payments);
            });
            return new AvowHealthIndicator(avow, pendingFor).health();
        }
    }

    @Test
    void it_is_down_while_a_participant_has_waited_for_too_long() {
        Health health = healthAfter(new IOException("no route"), Duration.ZERO);
        assertEquals(Status.DOWN, health.getStatus());
        assertEquals(2, health.getDetails().get("pending"));
        assertTrue(String.valueOf(health.getDetails().get("late")).contains("no route"));
    }

    @Test
    void it_is_up_while_a_participant_is_just_being_told() {
        Health health = healthAfter(new IOException("no route"), Duration.ofHours(1));
        assertEquals(Status.UP, health.getStatus());
        assertEquals(2, health.getDetails().get("pending"));
    }

    @Test
    void it_is_down_until_a_person_has_settled_a_contradiction() {
        Health health =
                healthAfter(new HeuristicException(BranchEnding.HEURISTIC_ABORTED, "by hand"), Duration.ofHours(1));
        assertEquals(Status.DOWN, health.getStatus());
        assertEquals(2, health.getDetails().get("heuristics"));
        assertTrue(String.valueOf(health.getDetails().get("contradictions")).contains("O1"));
    }
}
