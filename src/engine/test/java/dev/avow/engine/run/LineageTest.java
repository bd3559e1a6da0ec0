package dev.avow.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.Avow;
import dev.avow.engine.HeuristicRecord;
import dev.avow.engine.LogRefusedException;
import dev.avow.engine.Transaction;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.Ending;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of branches that the log can't speak of: it is an old copy, or not theirs. (AnswerOnlyDecided) */
final class LineageTest {

    @TempDir
    Path temporary;

    private final World world = new World();
    private final ScriptedParticipant orders = world.participant("orders");
    private final ScriptedParticipant payments = world.participant("payments");

    @AfterEach
    void close() {
        world.close();
    }

    private Path log() {
        return temporary.resolve("log");
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectory(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    /** A commit of the second incarnation that payments hasn't heard of, and then a log that is as it was in the first. */
    private TransactionId decidedBeforeAnOldCopyWasRestored() throws Exception {
        Path copy = temporary.resolve("copy");
        world.open(log(), orders, payments).close();
        copy(log(), copy);
        payments.onCommit(id -> {
            throw new IllegalStateException("connection refused");
        });
        Avow second = world.open(log(), orders, payments);
        second.begin("O001").abort();
        Transaction transaction = World.begin(second, "O002", orders, payments);
        assertEquals(
                List.of("payments"), transaction.commit().requireCommitted().beingTold());
        second.close();
        Files.move(log(), temporary.resolve("newest"));
        Files.move(copy, log());
        return transaction.id();
    }

    private static String refusal(Avow avow) {
        IllegalStateException refused = assertThrows(IllegalStateException.class, () -> avow.begin("O003"));
        LogRefusedException cause = assertInstanceOf(LogRefusedException.class, refused.getCause());
        assertEquals("O003 can't begin: " + cause.getMessage(), refused.getMessage());
        return String.valueOf(cause.getMessage());
    }

    @Test
    void an_old_copy_of_the_log_presumes_nothing_about_what_it_does_not_know() throws Exception {
        TransactionId id = decidedBeforeAnOldCopyWasRestored();
        ScriptedParticipant again = payments.restarted();
        Avow avow = world.open(log(), orders.restarted(), again);
        assertTrue(avow.awaitRecovered(World.LONG));
        assertEquals(Set.of(id), again.prepared());
        assertEquals(List.of(), again.calls(id));
        assertEquals(
                "the coordinator's log is older than branch " + id
                        + " at \"payments\": incarnation 2 never began it. The"
                        + " log was restored from an old copy, or another copy of it is in use. Nothing is decided any"
                        + " more, since ids would repeat: put the newest log back, or settle the branch by hand",
                refusal(avow));
    }

    @Test
    void neither_does_its_next_incarnation() throws Exception {
        TransactionId id = decidedBeforeAnOldCopyWasRestored();
        Avow first = world.open(log(), orders.restarted(), payments.restarted());
        assertTrue(first.awaitRecovered(World.LONG));
        first.close();
        ScriptedParticipant again = payments.restarted();
        ScriptedParticipant ordersAgain = orders.restarted();
        TransactionId another = TransactionId.of(id.coordinator(), id.incarnation(), id.sequence() + 1);
        ordersAgain.prepareWell(another);
        Avow avow = world.open(log(), ordersAgain, again);
        assertTrue(avow.awaitRecovered(World.LONG));
        assertEquals(Set.of(id), again.prepared());
        assertEquals(Set.of(another), ordersAgain.prepared());
        assertEquals(
                List.of(new HeuristicRecord(id, id.toString(), "payments", "hazard", "unknown")), avow.heuristics());
    }

    @Test
    void what_an_old_copy_could_not_know_the_newest_log_finishes() throws Exception {
        TransactionId id = decidedBeforeAnOldCopyWasRestored();
        try (Avow old = world.open(log(), orders.restarted(), payments.restarted())) {
            assertTrue(old.awaitRecovered(World.LONG));
        }
        ScriptedParticipant again = payments.restarted();
        Avow avow = world.open(temporary.resolve("newest"), orders.restarted(), again);
        assertTrue(avow.awaitRecovered(World.LONG));
        assertEquals(Map.of(id, Ending.COMMITTED), again.ended());
    }

    @Test
    void a_branch_of_a_later_incarnation_ends_all_deciding() throws Exception {
        Avow avow = world.open(log(), orders, payments);
        TransactionId own = avow.begin("O001").id();
        TransactionId later = TransactionId.of(own.coordinator(), 7, 1);
        orders.prepareWell(later);
        assertTrue(avow.awaitRecovered(World.LONG));
        assertEquals(Set.of(later), orders.prepared());
        assertTrue(refusal(avow).contains("older than branch " + later), () -> refusal(avow));
    }

    @Test
    void a_branch_of_another_coordinator_is_left_alone_and_told_of_once() throws Exception {
        Avow avow = world.open(log(), orders, payments);
        Transaction own = World.begin(avow, "O001", orders, payments);
        TransactionId anothers = TransactionId.of(own.id().coordinator() ^ 1, 1, 1);
        orders.prepareWell(anothers);
        assertTrue(avow.awaitRecovered(World.LONG));
        own.commit().requireCommitted();
        assertEquals(Set.of(anothers), orders.prepared());
    }
}
