package dev.avow.engine.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.Avow;
import dev.avow.engine.AvowOptions;
import dev.avow.engine.LogException;
import dev.avow.engine.NotCommittedException;
import dev.avow.engine.Outcome;
import dev.avow.engine.Transaction;
import dev.avow.engine.TransactionId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A coordinator on a log each of whose file operations fails in turn, once or for ever: each caller learns the truth with
 * its transaction's id, and after reopening both participants have exactly what callers were told.
 */
final class CoordinatorFaultTest {
    private static final Path DIRECTORY = Path.of("/log");
    private static final int TRANSACTIONS = 24;
    private static final Duration LONG = Duration.ofSeconds(20);

    private final Map<TransactionId, Outcome> told = new TreeMap<>();
    private final Shelf orders = new Shelf("orders");
    private final Shelf payments = new Shelf("payments");

    private Avow open(LogFiles files) {
        AvowOptions options = AvowOptions.defaults().withRetries(Duration.ofMillis(1), Duration.ofMillis(5));
        return Avow.open(Samples.open(DIRECTORY, files), options, List.of(orders, payments));
    }

    private void run(LogFiles files) {
        try (Avow avow = open(files)) {
            for (int i = 0; i < TRANSACTIONS; i++) {
                // A long name, so that some of them fill a segment.
                String name = "O" + i + "x".repeat(700);
                Transaction transaction;
                try {
                    transaction = avow.begin(name);
                } catch (IllegalStateException refused) {
                    assertTrue(String.valueOf(refused.getMessage()).contains(name), refused::toString);
                    continue;
                }
                transaction.enlist(orders);
                transaction.enlist(payments);
                told.put(transaction.id(), transaction.commit());
            }
        } catch (LogException openingOrClosingFailed) {
            // Each decision was told to its caller before.
        }
    }

    private void check(String when) {
        told.forEach((id, outcome) -> {
            boolean both = orders.committed.contains(id);
            assertEquals(both, payments.committed.contains(id), () -> outcome + " is split " + when);
            if (outcome instanceof Outcome.Committed) {
                assertTrue(both, () -> outcome + " was lost " + when);
            } else {
                NotCommittedException thrown = assertThrows(NotCommittedException.class, outcome::requireCommitted);
                assertTrue(String.valueOf(thrown.getMessage()).contains(id.toString()), thrown::toString);
                assertTrue(outcome instanceof Outcome.InDoubt || !both, () -> outcome + " appeared " + when);
            }
        });
        assertEquals(Set.of(), orders.misled, "told to commit after an abort " + when);
        assertEquals(Set.of(), orders.prepared, "in doubt " + when);
        assertEquals(Set.of(), payments.prepared, "in doubt " + when);
    }

    /** Whether a run has so many operations. */
    private boolean isReached(int operation, FaultyFiles.Fault fault, boolean forEver) throws InterruptedException {
        MemoryDisk disk = new MemoryDisk();
        FaultyFiles files = new FaultyFiles(disk).failAt(operation, fault);
        if (forEver) {
            files.forEver();
        }
        run(files);
        String when =
                "after operation " + operation + " failed" + (forEver ? " for ever" : "") + " having done " + fault;
        try (Avow avow = open(disk)) {
            assertTrue(avow.awaitRecovered(LONG), when);
            check(when);
            assertEquals(List.of(), avow.unfinished(), when);
        }
        return files.hasFailed();
    }

    private void reset() {
        told.clear();
        orders.committed.clear();
        payments.committed.clear();
    }

    @ParameterizedTest
    @EnumSource(FaultyFiles.Fault.class)
    void whichever_operation_fails_callers_were_told_the_truth(FaultyFiles.Fault fault) throws InterruptedException {
        int inDoubt = 0;
        int operation = 0;
        for (boolean reached = true; reached; operation++) {
            for (boolean forEver : List.of(false, true)) {
                reached = isReached(operation, fault, forEver);
                inDoubt += (int) told.values().stream()
                        .filter(outcome -> outcome instanceof Outcome.InDoubt)
                        .count();
                reset();
            }
        }
        System.out.println("CoordinatorFaultTest: " + 2 * (operation - 1) + " operations failed having done " + fault);
        assertTrue(operation > 100, operation + " operations: is there a turnover among them?");
        assertTrue(inDoubt > 0, "no fault left a caller in doubt");
    }
}
