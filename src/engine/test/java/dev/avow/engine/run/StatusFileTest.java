package dev.avow.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.Avow;
import dev.avow.engine.CoordinatorStatus;
import dev.avow.engine.DecisionLog;
import dev.avow.engine.Pending;
import dev.avow.engine.Pending.Task;
import dev.avow.engine.TransactionId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a coordinator writes of itself, for whoever looks from outside. */
final class StatusFileTest {

    @TempDir
    Path directory;

    private final World world = new World();
    private final ScriptedParticipant orders = world.participant("orders");
    private final ScriptedParticipant payments = world.participant("payments");

    @AfterEach
    void close() {
        world.close();
    }

    private CoordinatorStatus status() {
        return CoordinatorStatus.in(directory).orElseThrow();
    }

    private Path file() {
        return directory.resolve("status");
    }

    private Avow paymentsIsGone() {
        payments.onCommit(id -> {
            throw new IllegalStateException("connection\trefused");
        });
        return Avow.open(directory, world.options().withRetries(World.SHORT, World.SHORT), List.of(orders, payments));
    }

    @Test
    void a_coordinator_that_was_given_its_log_writes_it_too() {
        try (Avow avow = Avow.open(DecisionLog.open(directory), world.options(), List.of(orders, payments))) {
            assertEquals(List.of(), avow.pending());
            assertEquals(ProcessHandle.current().pid(), status().process());
        }
        assertFalse(Files.exists(file()));
    }

    @Test
    void it_is_there_while_the_coordinator_is_open_and_written_once_if_all_is_well() throws Exception {
        try (Avow avow = Avow.open(directory, world.options(), List.of(orders, payments))) {
            FileTime written = Files.getLastModifiedTime(file());
            CoordinatorStatus status = status();
            assertEquals(ProcessHandle.current().pid(), status.process());
            assertEquals(1, status.incarnation());
            assertEquals(List.of(), status.pending());
            World.begin(avow, "O001", orders, payments).commit().requireCommitted();
            assertTrue(avow.awaitRecovered(World.LONG));
            assertEquals(written, Files.getLastModifiedTime(file()));
        }
        assertFalse(Files.exists(file()));
        assertEquals(Optional.empty(), CoordinatorStatus.in(directory));
    }

    @Test
    void what_is_retried_stands_there_and_its_age_outlives_a_kill() throws Exception {
        TransactionId id;
        Path copy = directory.resolve("copy");
        try (Avow avow = paymentsIsGone()) {
            id = World.begin(avow, "O\n1", orders, payments).commit().id();
            world.await("it is written", () -> !status().pending().isEmpty());
            Pending pending = status().pending().get(0);
            assertEquals(Task.COMMIT, pending.task());
            assertEquals(Optional.of(id), pending.id());
            assertEquals(List.of("O\n1", "payments"), List.of(pending.name(), pending.participant()));
            assertEquals(Optional.of("connection refused"), pending.failure());
            assertFalse(pending.older());
            Files.copy(file(), copy);
        }
        assertEquals(Optional.of(id), status().pending().get(0).id(), "what is left over keeps its age");
        assertEquals(0, status().process(), "this process lives on, and has closed it");
        // As a kill leaves it: the file of an hour ago.
        Files.move(copy, file(), StandardCopyOption.REPLACE_EXISTING);
        Instant anHourAgo = Instant.parse("2025-06-15T12:00:00Z");
        Files.setLastModifiedTime(file(), FileTime.from(anHourAgo));
        Duration age = status().pending().get(0).age();
        try (Avow avow = paymentsIsGone()) {
            Pending older = status().pending().get(0);
            assertTrue(older.older());
            assertEquals(Optional.of(anHourAgo.minus(age)), older.since());
            assertEquals(2, status().incarnation());
            assertEquals(1, avow.unfinished().size());
        }
    }

    @Test
    void what_a_closed_coordinator_leaves_is_as_old_as_it_was() throws Exception {
        Instant anHourAgo = Instant.parse("2025-06-15T12:00:00Z");
        Files.writeString(file(), "avow status\t1\t7\t1\nend\n");
        Files.setLastModifiedTime(file(), FileTime.from(anHourAgo));
        StatusFile.in(directory).disown();
        assertEquals(new CoordinatorStatus(0, 1, anHourAgo, Optional.empty(), List.of()), status());
    }

    @Test
    void a_message_that_is_cut_in_a_character_of_two_places_is_told_all_the_same() throws Exception {
        payments.onCommit(id -> {
            throw new IllegalStateException("x".repeat(299) + "\uD83D\uDCB8 and more");
        });
        try (Avow avow = Avow.open(directory, world.options(), List.of(orders, payments))) {
            World.begin(avow, "O001", orders, payments).commit();
            world.await("it is written", () -> !status().pending().isEmpty());
            assertEquals(
                    Optional.of("x".repeat(299) + "..."),
                    status().pending().get(0).failure());
        }
    }

    @Test
    void a_file_that_cannot_be_written_or_read_harms_nothing() throws Exception {
        Files.createDirectories(file().resolve("in the way"));
        try (Avow avow = Avow.open(directory, world.options(), List.of(orders, payments))) {
            World.begin(avow, "O001", orders, payments).commit().requireCommitted();
            assertEquals(Optional.empty(), CoordinatorStatus.in(directory));
        }
        Files.delete(file().resolve("in the way"));
        Files.delete(file());
        for (String content : List.of(
                "",
                "\n",
                "avow status\t2\t1\t1\nend\n",
                "avow status\t1\t7\t1\n",
                "x\0",
                "avow status\t1\t7\t1\nCOMMIT\tx\nend\n",
                "avow status\t1\tpid\t1\nend\n")) {
            Files.writeString(file(), content);
            assertEquals(Optional.empty(), CoordinatorStatus.in(directory), content);
        }
    }
}
