package dev.avow.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.cli.Held;
import dev.avow.cli.Main;
import dev.avow.cli.Run;
import dev.avow.cli.terminal.Complaint;
import dev.avow.engine.DecisionLog;
import dev.avow.engine.LogInspection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HaltedProcessTest {
    private static final Order ORDER = Order.of("O7", "Eve", "12.5");

    @TempDir
    private Path temporary;

    private DemoFolder folder;

    @BeforeEach
    void create() {
        folder = DemoFolder.at(temporary.resolve("demo"));
    }

    private static List<String> actions(HaltedProcess process) {
        return process.seen().stream().map(Sighting::action).toList();
    }

    private Recovered recover() throws Exception {
        try (Shop shop = Shop.open(folder, new Sightings())) {
            return shop.recovered();
        }
    }

    @Test
    void an_order_whose_process_died_after_the_commit_record_is_recovered() throws Exception {
        HaltedProcess process = HaltedProcess.run(folder, ORDER, HaltPoint.AFTER_COMMIT_RECORD);

        assertNotEquals(ProcessHandle.current().pid(), process.pid());
        assertEquals(
                "CoordinatorDecideCommit", actions(process).get(actions(process).size() - 1));
        assertFalse(actions(process).contains("CoordinatorSendCommit"));
        LogInspection log = LogInspection.of(folder.log());
        assertEquals(
                List.of("O7"),
                log.unfinished().stream().map(record -> record.name()).toList());

        Recovered recovered = recover();
        assertEquals(List.of("O7 was decided and is now told to orders and payments: committed"), recovered.lines());
        assertEquals(Map.of("O7", "Eve 12.50"), Held.in(folder.path()).orders());
        assertEquals(Map.of("O7", "Eve 12.50"), Held.in(folder.path()).payments());
        assertEquals(List.of(), recover().lines());
    }

    @Test
    void an_order_whose_process_died_after_the_votes_is_presumed_aborted() throws Exception {
        HaltedProcess process = HaltedProcess.run(folder, ORDER, HaltPoint.AFTER_VOTES);

        assertEquals(
                2,
                actions(process).stream()
                        .filter("CoordinatorReceiveVote"::equals)
                        .count());
        assertFalse(actions(process).contains("CoordinatorDecideCommit"));
        assertEquals(List.of(), LogInspection.of(folder.log()).unfinished());

        Recovered recovered = recover();
        assertEquals(List.of(process.seen().get(0).transaction()), recovered.aborted());
        assertEquals(List.of(), recovered.committed());
        assertTrue(Held.in(folder.path()).orders().isEmpty());
        assertTrue(Held.in(folder.path()).payments().isEmpty());
        assertEquals(List.of(), recover().lines());
    }

    @Test
    void a_child_that_cannot_do_its_work_is_a_clear_complaint() {
        try (DecisionLog log = DecisionLog.open(folder.log())) {
            assertEquals(1, log.incarnation());
            Complaint complaint =
                    assertThrows(Complaint.class, () -> HaltedProcess.run(folder, ORDER, HaltPoint.AFTER_VOTES));
            assertEquals(
                    "the process that was to be killed ended by itself with exit code 1; it said: avow halt-order: "
                            + folder.path() + " is in use by another run, process "
                            + ProcessHandle.current().pid() + ": wait until it ends, or name another folder with --dir",
                    complaint.getMessage());
        }
    }

    @Test
    void a_child_without_a_parent_touches_nothing() throws Exception {
        Process child = Run.start(
                temporary,
                Main.class,
                "halt-order",
                "--dir=" + folder.path(),
                "--order=O7",
                "--customer=Eve",
                "--amount=1",
                "--at=AFTER_VOTES");
        child.getOutputStream().close();

        assertEquals(ParentWatch.ORPHANED, child.waitFor());
        try (var files = Files.list(folder.path())) {
            assertEquals(0, files.count());
        }
    }
}
