package dev.avow.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trace that isn't what happened is refused, and where it isn't. */
class TamperedTraceTest {
    private static final String ID = "000000000001-1-1";

    private static final List<TraceEvent> COMMITTED = trace(
            "begin p1 p2",
            "CoordinatorSendPrepare 1",
            "ParticipantVoteYes p1",
            "CoordinatorReceiveVote 1 p1 YES",
            "ParticipantVoteYes p2",
            "CoordinatorReceiveVote 1 p2 YES",
            "CoordinatorDecideCommit 1",
            "CoordinatorSendCommit 1",
            "ParticipantAck p1",
            "CoordinatorReceiveAck 1 p1",
            "ParticipantAck p2",
            "CoordinatorReceiveAck 1 p2",
            "CoordinatorForget 1",
            "told COMMITTED");

    /** Killed after the votes; nobody has recorded a decision. */
    private static final List<TraceEvent> KILLED = trace(
            "begin p1 p2",
            "CoordinatorSendPrepare 1",
            "ParticipantVoteYes p1",
            "ParticipantVoteYes p2",
            "close",
            "open 2",
            "CoordinatorAnswer 2 p1",
            "aborted p1",
            "CoordinatorAnswer 2 p2",
            "aborted p2");

    /** Killed after the decision and again before anything was told: the third incarnation tells it. */
    private static final List<TraceEvent> KILLED_TWICE = joined(
            COMMITTED.subList(0, 7),
            trace(
                    "close",
                    "open 2",
                    "close",
                    "open 3",
                    "CoordinatorSendCommit 3",
                    "ParticipantAck p1",
                    "CoordinatorReceiveAck 3 p1",
                    "ParticipantAck p2",
                    "CoordinatorReceiveAck 3 p2",
                    "CoordinatorForget 3"));

    private final TraceCheckers checkers;

    TamperedTraceTest(@TempDir Path folder) {
        this.checkers = new TraceCheckers(folder);
    }

    @AfterEach
    void close() {
        checkers.close();
    }

    @Test
    void the_traces_themselves_fit() {
        assertEquals(Optional.empty(), checkers.check(COMMITTED));
        assertEquals(Optional.empty(), checkers.check(KILLED));
        assertEquals(Optional.empty(), checkers.check(KILLED_TWICE));
    }

    @Test
    void after_a_second_kill_only_the_third_incarnation_speaks() {
        List<TraceEvent> opened = KILLED_TWICE.subList(0, 11);
        assertEquals(Optional.empty(), checkers.check(joined(opened, trace("CoordinatorSendCommit 3"))));
        refusedAfter(opened, "CoordinatorSendCommit 2");
        refusedAfter(opened, "CoordinatorSendCommit 1");
        refusedAfter(opened, "CoordinatorAnswer 2 p1");
        refusedAfter(KILLED_TWICE.subList(0, 9), "CoordinatorSendCommit 3");
    }

    @Test
    void an_incarnation_opens_once_and_after_the_one_before_it() {
        refusedAfter(KILLED_TWICE.subList(0, 8), "open 1");
        refusedAfter(KILLED_TWICE.subList(0, 10), "open 2");
    }

    @Test
    void whoever_was_killed_does_nothing_until_it_is_opened() {
        for (int length = 2; length < 13; length++) {
            List<TraceEvent> killed = joined(COMMITTED.subList(0, length), trace("close"));
            assertEquals(Optional.empty(), checkers.check(killed));
            for (String event : List.of(
                    "CoordinatorAnswer 1 p1",
                    "CoordinatorSendCommit 1",
                    "ParticipantVoteYes p1",
                    "ParticipantVoteNo p1",
                    "ParticipantAck p2",
                    "aborted p2")) {
                refusedAfter(killed, event);
            }
        }
        refusedAfter(KILLED_TWICE.subList(0, 10), "CoordinatorSendCommit 2");
    }

    /** The last event of all is the one that doesn't fit. */
    private void refusedAfter(List<TraceEvent> before, String event) {
        assertEquals(
                Optional.of(before.size()),
                checkers.check(joined(before, trace(event))).map(TraceChecker.Refusal::index),
                () -> event + " after " + before);
    }

    @Test
    void without_one_of_its_events_a_trace_is_refused_at_the_next_that_needs_it() {
        // The last two need no other: the answer to the caller is true from the decision on.
        for (int index = 1; index < COMMITTED.size() - 2; index++) {
            List<TraceEvent> less = new ArrayList<>(COMMITTED);
            TraceEvent removed = less.remove(index);
            Optional<TraceChecker.Refusal> refusal = checkers.check(less);
            assertTrue(refusal.isPresent(), "without " + removed);
            assertTrue(refusal.get().index() >= index, refusal::toString);
        }
    }

    @Test
    void an_event_is_refused_before_the_one_that_it_follows_from() {
        int[][] followsFrom = {{1, 2}, {2, 3}, {3, 6}, {5, 6}, {6, 7}, {7, 8}, {8, 9}, {11, 12}, {6, 13}};
        for (int[] pair : followsFrom) {
            List<TraceEvent> swapped = new ArrayList<>(COMMITTED);
            Collections.swap(swapped, pair[0], pair[1]);
            Optional<TraceChecker.Refusal> refusal = checkers.check(swapped);
            assertEquals(Optional.of(pair[0]), refusal.map(TraceChecker.Refusal::index), () -> "swapped " + swapped);
        }
    }

    @Test
    void a_changed_event_is_refused() {
        refusedAt(3, "CoordinatorReceiveVote 1 p1 NO");
        refusedAt(3, "CoordinatorReceiveVote 1 p2 YES");
        refusedAt(6, "CoordinatorDecideCommit 2");
        refusedAt(6, "CoordinatorDecideReadOnly 1");
        refusedAt(6, "CoordinatorForget 1");
        refusedAt(8, "ParticipantVoteReadOnly p1");
        refusedAt(8, "aborted p1");
        refusedAt(13, "told ABORTED");
    }

    @Test
    void after_a_commit_that_was_recorded_nobody_may_presume() {
        List<TraceEvent> forged = new ArrayList<>(COMMITTED.subList(0, 7));
        forged.addAll(trace("close", "open 2", "CoordinatorAnswer 2 p1"));
        assertEquals(Optional.empty(), checkers.check(forged), "the answer may be the commit");
        forged.add(trace("aborted p1").get(0));
        assertEquals(Optional.of(10), checkers.check(forged).map(TraceChecker.Refusal::index));
    }

    @Test
    void a_line_that_a_kill_cut_off_is_no_event() {
        String line = COMMITTED.get(3).toLine();
        assertEquals(List.of(COMMITTED.get(3)), TraceEvent.parse(line).toList());
        for (int length = 0; length < line.length(); length++) {
            assertFalse(TraceEvent.parse(line.substring(0, length)).findAny().isPresent());
        }
    }

    private void refusedAt(int index, String event) {
        List<TraceEvent> changed = new ArrayList<>(COMMITTED);
        changed.set(index, trace(event).get(0));
        Optional<TraceChecker.Refusal> refusal = checkers.check(changed);
        assertEquals(Optional.of(index), refusal.map(TraceChecker.Refusal::index), () -> event + " in " + changed);
    }

    private static List<TraceEvent> joined(List<TraceEvent> first, List<TraceEvent> then) {
        return Stream.concat(first.stream(), then.stream()).toList();
    }

    private static List<TraceEvent> trace(String... lines) {
        return Stream.of(lines)
                .flatMap(line -> TraceEvent.parse(ID + " " + line + " ."))
                .toList();
    }
}
