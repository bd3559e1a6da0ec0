package dev.avow.engine.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.AbortCause;
import dev.avow.engine.Avow;
import dev.avow.engine.BranchEnding;
import dev.avow.engine.HeuristicException;
import dev.avow.engine.HeuristicRecord;
import dev.avow.engine.LogFullException;
import dev.avow.engine.Outcome;
import dev.avow.engine.Transaction;
import dev.avow.protocol.Ending;
import dev.avow.protocol.Vote;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One participant alone decides, and the coordinator passes it on. */
final class OnePhaseTest {

    @TempDir
    Path directory;

    private final World world = new World();
    private final ScriptedParticipant orders = world.participant("orders");

    @AfterEach
    void close() {
        world.close();
    }

    private Transaction begin() {
        return World.begin(world.open(world.log(directory), world.options(), orders), "O001", orders);
    }

    @Test
    void its_commit_is_the_outcome_and_nothing_is_written() {
        Transaction transaction = begin();
        Outcome.Committed committed = transaction.commit().requireCommitted();
        assertEquals(BranchEnding.COMMITTED, committed.branches().get(0).ending());
        assertEquals(Optional.empty(), committed.branches().get(0).vote());
        assertEquals(List.of("orders.onePhase"), world.journal());
    }

    @Test
    void its_refusal_is_an_abort() {
        orders.onOnePhase(id -> Ending.ABORTED);
        Outcome.Aborted aborted = assertInstanceOf(Outcome.Aborted.class, begin().commit());
        assertEquals(AbortCause.REFUSED, aborted.why());
        assertEquals("\"orders\" refused to commit", aborted.reason());
        assertEquals(BranchEnding.ABORTED, aborted.branches().get(0).ending());
        assertEquals(List.of("orders.onePhase", "log.aborted"), world.journal());
    }

    @Test
    void if_it_cannot_tell_nobody_can() {
        orders.onOnePhase(id -> Ending.UNKNOWN);
        Outcome.InDoubt inDoubt = assertInstanceOf(Outcome.InDoubt.class, begin().commit());
        assertEquals("\"orders\" alone knows how it ended, and didn't say", inDoubt.reason());
        assertEquals(BranchEnding.UNKNOWN, inDoubt.branches().get(0).ending());
        assertEquals(List.of("orders.onePhase"), world.journal());
    }

    @Test
    void after_an_exception_nobody_can_tell() {
        IllegalStateException lost = new IllegalStateException("connection lost");
        orders.onOnePhase(id -> {
            throw lost;
        });
        Outcome.InDoubt inDoubt = assertInstanceOf(Outcome.InDoubt.class, begin().commit());
        assertSame(lost, inDoubt.cause().orElseThrow());
        assertSame(lost, inDoubt.branches().get(0).failure().orElseThrow());
    }

    @Test
    void if_it_gives_no_answer_nobody_can_tell() throws Exception {
        Gate gate = world.gate();
        orders.onOnePhase(gate.before(id -> Ending.COMMITTED));
        Avow avow = world.open(directory, world.options().withTellTimeout(World.SHORT), orders);
        Transaction transaction = World.begin(avow, "O001", orders);
        assertInstanceOf(Outcome.InDoubt.class, transaction.commit());
        assertEquals(List.of("CoordinatorSendOnePhase", "CoordinatorGiveUpOnePhase"), world.actions(transaction.id()));
    }

    @Test
    void an_abort_of_the_application_is_told() {
        Transaction transaction = begin();
        assertInstanceOf(Outcome.Aborted.class, transaction.abort());
        assertEquals(List.of("abort"), orders.calls(transaction.id()));
    }

    @Test
    void a_participant_with_only_two_phases_commits_by_itself() {
        orders.onOnePhase(orders::commitOnePhaseByDefault);
        Transaction transaction = begin();
        assertInstanceOf(Outcome.Committed.class, transaction.commit());
        assertEquals(List.of("onePhase", "prepare", "commit"), orders.calls(transaction.id()));
        assertEquals(Map.of(transaction.id(), Ending.COMMITTED), orders.ended());
    }

    @Test
    void a_participant_with_only_two_phases_refuses_or_has_nothing_to_commit() {
        orders.onOnePhase(orders::commitOnePhaseByDefault).onPrepare(id -> Vote.NO);
        Avow avow = world.open(directory, orders);
        Transaction refused = World.begin(avow, "O001", orders);
        assertInstanceOf(Outcome.Aborted.class, refused.commit());
        orders.onPrepare(id -> Vote.READ_ONLY);
        Transaction readOnly = World.begin(avow, "O002", orders);
        assertInstanceOf(Outcome.Committed.class, readOnly.commit());
        assertEquals(List.of("onePhase", "prepare"), orders.calls(refused.id()));
        assertEquals(List.of("onePhase", "prepare"), orders.calls(readOnly.id()));
    }

    @Test
    void what_it_settles_alone_and_entirely_contradicts_nobody() {
        orders.onOnePhase(id -> {
            throw new HeuristicException(BranchEnding.HEURISTIC_COMMITTED, "by hand");
        });
        Avow avow = world.open(world.log(directory), world.options(), orders);
        Transaction committed = World.begin(avow, "O001", orders);
        assertEquals(
                BranchEnding.HEURISTIC_COMMITTED,
                committed.commit().requireCommitted().branches().get(0).ending());
        orders.onOnePhase(id -> {
            throw new HeuristicException(BranchEnding.HEURISTIC_ABORTED, "by hand");
        });
        Transaction aborted = World.begin(avow, "O002", orders);
        assertInstanceOf(Outcome.Aborted.class, aborted.commit());
        assertEquals(List.of("onePhase", "forget"), orders.calls(committed.id()));
        assertEquals(List.of("onePhase", "forget"), orders.calls(aborted.id()));
        assertEquals(List.of(), avow.heuristics());
    }

    @Test
    void what_it_settles_in_part_is_reported_before_it_may_forget() {
        orders.onOnePhase(id -> {
            throw new HeuristicException(BranchEnding.HEURISTIC_MIXED, "half of it");
        });
        Avow avow = world.open(world.log(directory), world.options(), orders);
        Transaction transaction = World.begin(avow, "O001", orders);
        Outcome.Heuristic heuristic = assertInstanceOf(Outcome.Heuristic.class, transaction.commit());
        assertEquals(Ending.UNKNOWN, heuristic.decision());
        assertEquals(BranchEnding.HEURISTIC_MIXED, heuristic.branches().get(0).ending());
        assertEquals(
                List.of(new HeuristicRecord(transaction.id(), "O001", "orders", "mixed", "commit")), avow.heuristics());
        assertEquals(List.of("orders.onePhase", "log.heuristic", "orders.forget"), world.journal());
        assertEquals(
                List.of(
                        "CoordinatorSendOnePhase",
                        "CoordinatorGiveUpOnePhase",
                        "CoordinatorReceiveDamage",
                        "CoordinatorSendForget"),
                world.actions(transaction.id()));
    }

    @Test
    void what_cannot_be_reported_is_kept_by_the_participant() {
        orders.onOnePhase(id -> {
            throw new HeuristicException(BranchEnding.HEURISTIC_HAZARD, "who knows");
        });
        ScriptedLog log = world.log(directory).onHeuristic(ScriptedLog.failingWith(new LogFullException("no space")));
        Avow avow = world.open(log, world.options(), orders);
        Transaction transaction = World.begin(avow, "O001", orders);
        assertInstanceOf(Outcome.Heuristic.class, transaction.commit());
        assertEquals(List.of("onePhase"), orders.calls(transaction.id()));
        assertTrue(avow.begin("O002").commit() instanceof Outcome.Committed, "a full disk isn't the end");
    }
}
