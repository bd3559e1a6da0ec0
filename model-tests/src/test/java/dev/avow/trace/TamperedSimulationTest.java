package dev.avow.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.protocol.CoordinatorState;
import dev.avow.protocol.ParticipantState;
import dev.avow.simulator.Flaw;
import dev.avow.simulator.Knob;
import dev.avow.simulator.Settings;
import dev.avow.simulator.Simulation;
import dev.avow.simulator.TraceEntry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A simulated run that isn't what happened, or in which something is done wrongly, is refused at the step that is wrong. */
class TamperedSimulationTest {
    private static final int MOST_SEEDS = 20;

    /** In this run a commit is told twice: the second time it comes to a participant that has dropped it. */
    private static final List<TraceEntry> COMMITTED = steps(1);

    /** Those of its steps without which the others are a run, too: sent again, and what comes last at each node. */
    private static final Set<Integer> DISPENSABLE = Set.of(12, 16, 17);

    private static final Map<Flaw, String> SEEN = Map.of(
            Flaw.COMMITS_WITH_A_VOTE_MISSING, "CoordinatorDecideCommit -> committing",
            Flaw.COMMITS_DESPITE_A_NO, "CoordinatorDecideCommit -> committing",
            Flaw.ABORTS_ALONE_IN_DOUBT, "ParticipantReceiveAbort -> aborted",
            Flaw.ANSWERS_WHILE_DECIDING, "CoordinatorAnswer -> preparing",
            Flaw.FORGETS_BEFORE_THE_LAST_ACK, "CoordinatorForget -> forgotten",
            Flaw.COUNTS_READ_ONLY_AS_ACK, "CoordinatorForget -> forgotten",
            Flaw.FORGETS_DAMAGE_UNREPORTED, "ParticipantReceiveForget -> mixed");

    private final SimulatedTraces traces;

    TamperedSimulationTest(@TempDir Path folder) {
        this.traces = new SimulatedTraces(folder);
    }

    @AfterEach
    void close() {
        traces.close();
    }

    /** Of one transaction at two participants, in a world without misfortunes, up to the restart at its end. */
    private static List<TraceEntry> steps(long seed) {
        Settings settings = Settings.usual();
        for (Knob knob : Knob.values()) {
            settings = settings.with(knob, knob.least());
        }
        return Simulation.trace(settings.with(Knob.PARTICIPANTS, 2), seed, Flaw.NONE).entries().stream()
                .takeWhile(entry -> entry.step() == 0 || !(entry.what() instanceof TraceEntry.Restarted))
                .filter(entry -> entry.what() instanceof TraceEntry.Stepped)
                .toList();
    }

    @Test
    void the_run_itself_fits() {
        assertEquals(
                List.of(
                        "CoordinatorSendPrepare -> preparing",
                        "ParticipantPrepare -> prepared",
                        "ParticipantVoteYes -> prepared",
                        "CoordinatorReceiveVote -> preparing",
                        "ParticipantPrepare -> prepared",
                        "ParticipantVoteYes -> prepared",
                        "CoordinatorReceiveVote -> preparing",
                        "CoordinatorDecideCommit -> committing",
                        "CoordinatorSendCommit -> committing",
                        "ParticipantReceiveCommit -> committed",
                        "ParticipantAck -> committed",
                        "CoordinatorReceiveAck -> committing",
                        "CoordinatorSendCommit -> committing",
                        "ParticipantReceiveCommit -> committed",
                        "ParticipantAck -> committed",
                        "CoordinatorReceiveAck -> committing",
                        "CoordinatorForget -> forgotten",
                        "ParticipantAck -> lost"),
                COMMITTED.stream().map(entry -> entry.what().toString()).toList());
        assertEquals(Optional.empty(), refusedAt(COMMITTED));
    }

    @Test
    void without_one_of_its_steps_it_is_refused_at_the_next_that_needs_it() {
        Map<Integer, Integer> refused = new TreeMap<>();
        for (int index = 0; index < COMMITTED.size(); index++) {
            List<TraceEntry> less = new ArrayList<>(COMMITTED);
            less.remove(index);
            int removed = index;
            refusedAt(less).ifPresent(at -> refused.put(removed, at + 1));
        }
        // A step doesn't say whose vote it was: without 2 the vote may be the other's, who then can't prepare any more.
        Map<Integer, Integer> needed =
                new TreeMap<>(Map.of(0, 1, 1, 2, 2, 4, 3, 7, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10));
        needed.putAll(Map.of(10, 11, 11, 16, 13, 14, 14, 15, 15, 16));
        assertEquals(needed, refused);
        assertTrue(Collections.disjoint(DISPENSABLE, refused.keySet()));
        assertEquals(COMMITTED.size(), DISPENSABLE.size() + refused.size());
    }

    @Test
    void a_step_is_refused_before_the_one_that_it_follows_from() {
        int[][] followsFrom = {
            {0, 1}, {1, 2}, {4, 5}, {5, 6}, {6, 7}, {7, 8}, {8, 9}, {9, 10}, {10, 11}, {13, 14}, {14, 15}, {15, 16}
        };
        for (int[] pair : followsFrom) {
            List<TraceEntry> swapped = new ArrayList<>(COMMITTED);
            Collections.swap(swapped, pair[0], pair[1]);
            assertEquals(Optional.of(pair[0]), refusedAt(swapped), () -> "swapped " + swapped.get(pair[0]));
        }
    }

    @Test
    void a_step_that_leads_elsewhere_is_refused() {
        Set<String> accepted = new TreeSet<>();
        for (int index = 0; index < COMMITTED.size(); index++) {
            TraceEntry.Stepped step = (TraceEntry.Stepped) COMMITTED.get(index).what();
            for (String state : states(step.action())) {
                List<TraceEntry> changed = changed(index, new TraceEntry.Stepped(step.action(), state));
                if (!state.equals(step.state()) && !refusedAt(changed).equals(Optional.of(index))) {
                    accepted.add(index + " " + state);
                }
            }
        }
        // Whoever has committed may have dropped it, or not yet.
        assertEquals(Set.of("10 lost", "14 lost", "17 committed"), accepted);
    }

    private static List<String> states(String action) {
        Enum<?>[] all = action.startsWith("Coordinator") ? CoordinatorState.values() : ParticipantState.values();
        return Stream.of(all)
                .map(state -> state.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    @Test
    void another_step_is_refused() {
        refused(1, "ParticipantReceiveCommit", "committed");
        refused(6, "CoordinatorReceiveAck", "preparing");
        refused(7, "CoordinatorDecideReadOnly", "forgotten");
        refused(8, "CoordinatorSendForget", "committing");
        refused(9, "ParticipantReceiveAbort", "aborted");
        refused(11, "CoordinatorForget", "forgotten");
        refused(12, "CoordinatorDecideCommit", "committing");
        refused(17, "ParticipantReceiveCommit", "committed");
    }

    private void refused(int index, String action, String state) {
        List<TraceEntry> changed = changed(index, new TraceEntry.Stepped(action, state));
        assertEquals(Optional.of(index), refusedAt(changed), () -> "with " + changed.get(index));
    }

    private static List<TraceEntry> changed(int index, TraceEntry.Stepped step) {
        TraceEntry was = COMMITTED.get(index);
        List<TraceEntry> changed = new ArrayList<>(COMMITTED);
        changed.set(index, new TraceEntry(was.step(), was.nanos(), was.lane(), was.transaction(), step));
        return changed;
    }

    /** The place of the entry that is refused. */
    private Optional<Integer> refusedAt(List<TraceEntry> entries) {
        List<TraceEntry> numbered = IntStream.range(0, entries.size())
                .mapToObj(index -> {
                    TraceEntry entry = entries.get(index);
                    return new TraceEntry(index, entry.nanos(), entry.lane(), entry.transaction(), entry.what());
                })
                .toList();
        return traces.check(numbered).map(refusal -> (int) numbered.stream()
                .takeWhile(entry -> !refusal.startsWith(entry + "\n"))
                .count());
    }

    @Test
    void a_flaw_that_shows_in_the_steps_is_refused_at_the_step_that_it_spoils() {
        Settings settings = SimulatedTraces.withoutCrashes();
        SEEN.forEach((flaw, step) -> {
            Optional<String> refusal = Stream.iterate(1L, seed -> seed + 1)
                    .limit(MOST_SEEDS)
                    .flatMap(seed ->
                            traces.check(Simulation.trace(settings, seed, flaw).entries()).stream())
                    .findFirst();
            assertEquals(
                    Optional.of(true),
                    refusal.map(text -> text.lines().findFirst().orElse("").endsWith(step)),
                    () -> flaw + ": " + refusal);
        });
    }
}
