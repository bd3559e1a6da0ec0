package dev.avow.xa;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.avow.engine.TransactionId;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a real process leaves in a real database when it halts. */
final class KilledProcessTest {
    private static final TransactionId ID = FakeTransaction.id(1);

    @TempDir
    private Path directory;

    private Database killed(String mode, String said) throws Exception {
        Path file = directory.resolve("orders");
        Database database = Database.at(file).create();
        assertEquals(said, KilledProcess.run(file, mode, ID.sequence()));
        return database;
    }

    @Test
    void a_prepared_branch_survives_its_process_and_is_committed() throws Exception {
        Database database = killed("prepared", "YES");
        try (XaParticipant orders = XaParticipant.of("orders", database.dataSource(), "sa", "")) {
            assertEquals(List.of(ID), List.copyOf(orders.inDoubt()));
            assertEquals(100, database.balance());
            orders.commit(ID);
            orders.commit(ID);
            assertEquals(105, database.balance());
            assertEquals(List.of(), List.copyOf(orders.inDoubt()));
        }
    }

    @Test
    void a_prepared_branch_survives_its_process_and_is_aborted() throws Exception {
        Database database = killed("prepared", "YES");
        try (XaParticipant orders = XaParticipant.of("orders", database.dataSource())) {
            orders.abort(ID);
            orders.abort(ID);
            assertEquals(100, database.balance());
            assertEquals(List.of(), List.copyOf(orders.inDoubt()));
        }
    }

    @Test
    void another_participant_does_not_see_it() throws Exception {
        Database database = killed("prepared", "YES");
        try (XaParticipant payments = XaParticipant.of("payments", database.dataSource())) {
            assertEquals(List.of(), List.copyOf(payments.inDoubt()));
        }
    }

    @Test
    void unprepared_work_dies_with_its_process() throws Exception {
        Database database = killed("working", "");
        try (XaParticipant orders = XaParticipant.of("orders", database.dataSource())) {
            assertEquals(List.of(), List.copyOf(orders.inDoubt()));
            orders.abort(ID);
            assertEquals(100, database.balance());
        }
    }

    @Test
    void a_commit_in_two_phases_survives_its_process() throws Exception {
        Database database = killed("committed", "");
        try (XaParticipant orders = XaParticipant.of("orders", database.dataSource())) {
            orders.commit(ID);
            assertEquals(105, database.balance());
        }
    }

    @Test
    void a_commit_in_one_phase_survives_its_process_with_write_delay_0() throws Exception {
        assertEquals(105, killed("one-phase", "COMMITTED").balance());
    }
}
