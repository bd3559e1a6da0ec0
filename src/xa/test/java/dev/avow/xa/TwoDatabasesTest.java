package dev.avow.xa;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.Observer;
import dev.avow.engine.Outcome;
import dev.avow.engine.Transaction;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole of it: a coordinator with its log, and two databases. */
final class TwoDatabasesTest {
    @TempDir
    private Path directory;

    @Test
    void a_transfer_is_committed_in_both_databases() throws Exception {
        try (Banks banks = Banks.create(directory, step -> {})) {
            Outcome outcome = banks.transfer("T1", 30);
            assertEquals(List.of(), outcome.requireCommitted().beingTold());
            assertEquals("70 130", banks.balances());
        }
    }

    @Test
    void work_that_fails_in_one_database_is_undone_in_the_other() throws Exception {
        try (Banks banks = Banks.create(directory, step -> {})) {
            assertThrows(
                    SQLException.class,
                    () -> banks.avow.transact("T1", transaction -> {
                        Database.add(banks.rightBank.connection(transaction), 500);
                        Database.add(banks.leftBank.connection(transaction), -500);
                    }));
            assertEquals("100 100", banks.balances());
        }
    }

    @Test
    void one_database_alone_is_committed_in_one_phase() throws Exception {
        try (Banks banks = Banks.create(directory, step -> {})) {
            Outcome outcome =
                    banks.avow.transact("T1", transaction -> Database.add(banks.leftBank.connection(transaction), 1));
            outcome.requireCommitted();
            assertEquals("101 100", banks.balances());
        }
    }

    @Test
    void an_ended_transaction_gives_out_no_connection() throws Exception {
        try (Banks banks = Banks.create(directory, step -> {})) {
            Transaction transaction = banks.avow.begin("T1");
            Connection connection = banks.leftBank.connection(transaction);
            Database.add(connection, 1);
            assertInstanceOf(Outcome.Aborted.class, transaction.abort());
            assertThrows(SQLException.class, () -> Database.add(connection, 1));
            assertThrows(IllegalStateException.class, () -> banks.leftBank.connection(transaction));
            assertEquals("100 100", banks.balances());
        }
    }

    @Test
    void a_database_lost_before_prepare_aborts_the_transaction() throws Exception {
        try (Banks banks = Banks.create(directory, step -> {})) {
            Transaction transaction = banks.avow.begin("T1");
            Database.add(banks.leftBank.connection(transaction), -30);
            Database.add(banks.rightBank.connection(transaction), 30);
            banks.left.run("SHUTDOWN IMMEDIATELY");
            assertInstanceOf(Outcome.Aborted.class, transaction.commit());
            assertTrue(banks.avow.awaitRecovered(Duration.ofSeconds(20)));
            assertEquals("100 100", banks.balances());
        }
    }

    @Test
    void a_database_lost_between_the_phases_is_told_when_it_is_back() throws Exception {
        Database left = Database.at(directory.resolve("left"));
        Observer shutting = step -> {
            if (step.action().equals("CoordinatorDecideCommit")) {
                shutDown(left);
            }
        };
        try (Banks banks = Banks.create(directory, shutting)) {
            banks.transfer("T1", 30).requireCommitted();
            assertTrue(banks.avow.awaitRecovered(Duration.ofSeconds(20)));
            assertEquals("70 130", banks.balances());
        }
    }

    private static void shutDown(Database database) {
        try {
            database.run("SHUTDOWN IMMEDIATELY");
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void a_coordinator_that_dies_before_its_decision_has_aborted_in_both_databases() throws Exception {
        KilledProcess.run(KilledCoordinator.class, directory.toString(), "CoordinatorReceiveVote");
        try (Banks banks = Banks.reopen(directory)) {
            assertTrue(banks.avow.awaitRecovered(Duration.ofSeconds(20)));
            assertEquals("100 100", banks.balances());
            assertNothingInDoubt(banks);
        }
    }

    @Test
    void a_coordinator_that_dies_after_its_decision_commits_in_both_databases_at_its_next_start() throws Exception {
        KilledProcess.run(KilledCoordinator.class, directory.toString(), "CoordinatorDecideCommit");
        try (Banks banks = Banks.reopen(directory)) {
            assertTrue(banks.avow.awaitRecovered(Duration.ofSeconds(20)));
            assertEquals("70 130", banks.balances());
            assertNothingInDoubt(banks);
        }
    }

    private static void assertNothingInDoubt(Banks banks) throws Exception {
        assertEquals(List.of(), List.copyOf(banks.leftBank.inDoubt()));
        assertEquals(List.of(), List.copyOf(banks.rightBank.inDoubt()));
    }

    @Test
    void many_threads_transfer_at_once_and_nothing_is_lost() throws Exception {
        int threads = 4;
        int transfers = 25;
        try (Banks banks = Banks.create(directory, step -> {})) {
            List<CompletableFuture<Void>> running = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                running.add(CompletableFuture.runAsync(() -> transferMany(banks, transfers)));
            }
            for (CompletableFuture<Void> each : running) {
                each.get(60, TimeUnit.SECONDS);
            }
            assertEquals("0 200", banks.balances());
            assertNothingInDoubt(banks);
        }
    }

    private static void transferMany(Banks banks, int transfers) {
        try {
            for (int number = 0; number < transfers; number++) {
                banks.transfer("T" + number, 1).requireCommitted();
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
