package dev.avow.engine.participant;

import static dev.avow.engine.participant.FakeTransaction.id;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.LogFailedException;
import dev.avow.engine.LogFullException;
import dev.avow.engine.LogOptions;
import dev.avow.protocol.Ending;
import dev.avow.protocol.ProtocolViolation;
import dev.avow.protocol.Vote;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ParticipantRuntimeTest {

    private static final LogOptions SMALL = LogOptions.defaults().withSegmentBytes(4_096);
    private static final String LONGER_THAN_A_SEGMENT = "x".repeat(10_000);

    @TempDir
    Path directory;

    private Path log;
    private Words words = new Words();
    private ParticipantRuntime runtime;

    @BeforeEach
    void open() {
        log = directory.resolve("log");
        words = new Words();
        runtime = ParticipantRuntime.open(log, SMALL, "words", words);
    }

    @AfterEach
    void close() {
        runtime.close();
    }

    private void reopen() {
        close();
        open();
    }

    private void say(long sequence, String word) {
        runtime.work(new FakeTransaction(sequence), runtime, () -> {
            words.say(id(sequence), word);
            return word;
        });
    }

    @Test
    void work_is_applied_once_it_is_committed_and_released_only_then() throws Exception {
        say(1, "one");
        assertEquals(Vote.YES, runtime.prepare(id(1)));
        runtime.commit(id(1));
        assertEquals(List.of("work", "apply", "release"), words.calls);
        say(2, "two");
        assertEquals(Ending.COMMITTED, runtime.commitOnePhase(id(2)));
        assertEquals(List.of("work", "apply", "release", "work", "apply", "release"), words.calls);
        assertEquals(List.of("one", "two"), words.applied);
        reopen();
        assertEquals(List.of("one", "two"), words.applied);
    }

    @Test
    void each_call_may_come_again() throws Exception {
        say(1, "one");
        assertEquals(Vote.YES, runtime.prepare(id(1)));
        assertEquals(Vote.YES, runtime.prepare(id(1)));
        runtime.commit(id(1));
        runtime.commit(id(1));
        assertEquals(Vote.NO, runtime.prepare(id(1)));
        assertEquals(Ending.UNKNOWN, runtime.commitOnePhase(id(1)));
        assertEquals(List.of("one"), words.applied);

        say(2, "two");
        assertEquals(Vote.YES, runtime.prepare(id(2)));
        runtime.abort(id(2));
        runtime.abort(id(2));
        assertEquals(Vote.NO, runtime.prepare(id(2)));

        say(3, "three");
        assertEquals(Ending.COMMITTED, runtime.commitOnePhase(id(3)));
        assertEquals(Ending.UNKNOWN, runtime.commitOnePhase(id(3)));
        assertEquals(List.of("one", "three"), words.applied);
        assertEquals(Set.of(), words.holding);
    }

    @Test
    void a_transaction_that_was_never_here_is_answered_without_a_record() throws Exception {
        assertEquals(Vote.NO, runtime.prepare(id(1)));
        assertEquals(Ending.UNKNOWN, runtime.commitOnePhase(id(1)));
        runtime.commit(id(1));
        runtime.abort(id(1));
        runtime.forget(id(1));
        assertEquals(List.of(), words.calls);
        reopen();
        assertEquals(List.of(), List.copyOf(runtime.inDoubt()));
    }

    @Test
    void a_commit_before_any_prepare_is_a_coordinators_defect_and_changes_nothing() throws Exception {
        say(1, "one");
        assertThrows(ProtocolViolation.class, () -> runtime.commit(id(1)));
        assertEquals(List.of(), words.applied);
        assertEquals(Ending.COMMITTED, runtime.commitOnePhase(id(1)));

        say(2, "two");
        assertEquals(Vote.YES, runtime.prepare(id(2)));
        assertThrows(ProtocolViolation.class, () -> runtime.commitOnePhase(id(2)));
        runtime.commit(id(2));
        assertEquals(List.of("one", "two"), words.applied);
    }

    @Test
    void a_resource_that_refuses_aborts_its_branch() throws Exception {
        say(1, "one");
        say(2, "two");
        words.setRefusing(true);
        assertEquals(
                "out of paper",
                assertThrows(IllegalStateException.class, () -> runtime.prepare(id(1)))
                        .getMessage());
        assertEquals(Ending.ABORTED, runtime.commitOnePhase(id(2)));
        words.setRefusing(false);
        assertEquals(Vote.NO, runtime.prepare(id(1)));
        assertEquals(Ending.UNKNOWN, runtime.commitOnePhase(id(2)));
        assertEquals(Set.of(), words.holding);
        runtime.abort(id(1));
    }

    @Test
    void work_too_long_for_a_record_is_refused_and_the_log_goes_on() throws Exception {
        say(1, "x".repeat(17 << 20));
        assertThrows(IllegalArgumentException.class, () -> runtime.prepare(id(1)));
        assertEquals(Vote.NO, runtime.prepare(id(1)));
        say(2, "two");
        assertEquals(Ending.COMMITTED, runtime.commitOnePhase(id(2)));
    }

    @Test
    void a_full_disk_aborts_what_is_not_prepared_delays_what_is_and_passes() throws Exception {
        say(1, "one");
        say(2, LONGER_THAN_A_SEGMENT);
        assertEquals(Vote.YES, runtime.prepare(id(1)));
        words.setFull(true);
        assertThrows(LogFullException.class, () -> runtime.prepare(id(2)));
        assertEquals(Vote.NO, runtime.prepare(id(2)));
        assertEquals(Set.of(id(1)), words.holding);

        fillSegment();
        assertThrows(LogFullException.class, () -> runtime.commit(id(1)));
        assertEquals(List.of(id(1)), List.copyOf(runtime.inDoubt()));
        words.setFull(false);
        runtime.commit(id(1));
        assertTrue(words.applied.contains("one"));
        reopen();
        assertTrue(words.applied.contains("one"));
        assertEquals(Set.of(), words.holding);
    }

    /** With short commits, until not even one of them has room. */
    private void fillSegment() throws Exception {
        Ending ending = Ending.COMMITTED;
        for (int i = 100; ending == Ending.COMMITTED; i++) {
            say(i, "w");
            ending = runtime.commitOnePhase(id(i));
        }
        assertEquals(Ending.ABORTED, ending, "nothing was written, and that is certain");
    }

    @Test
    void after_a_failed_force_nothing_more_is_promised_and_reopening_finds_what_is_durable() throws Exception {
        say(1, "one");
        assertEquals(Vote.YES, runtime.prepare(id(1)));
        say(2, "two");
        say(3, "three");
        byte[] numbers = Crash.failAfterForce(log);
        assertThrows(LogFailedException.class, () -> runtime.commit(id(1)));
        assertEquals(List.of(), words.applied);
        assertRefusesAll();
        Crash.repair(log, numbers);
        assertRefusesAll();

        reopen();
        assertEquals(List.of("one"), words.applied, "it was durable, and is found to be");
        assertEquals(List.of(), List.copyOf(runtime.inDoubt()));
        runtime.commit(id(1));
        assertEquals(Vote.NO, runtime.prepare(id(2)));
    }

    private void assertRefusesAll() {
        LogFailedException refused = assertThrows(LogFailedException.class, () -> runtime.prepare(id(2)));
        String message = String.valueOf(refused.getMessage());
        assertTrue(message.contains("participant \"words\" refuses everything"), message);
        assertTrue(message.contains("close it and open it again"), message);
        assertThrows(LogFailedException.class, () -> runtime.commit(id(1)));
        assertThrows(LogFailedException.class, () -> runtime.abort(id(1)));
        assertThrows(LogFailedException.class, () -> runtime.abort(id(2)));
        assertThrows(LogFailedException.class, () -> runtime.commitOnePhase(id(3)));
        assertThrows(LogFailedException.class, () -> runtime.decideAlone(id(1), Ending.COMMITTED));
        assertThrows(LogFailedException.class, () -> runtime.forget(id(1)));
        assertThrows(LogFailedException.class, () -> runtime.inDoubt());
        assertThrows(LogFailedException.class, () -> runtime.read(() -> ""));
        assertThrows(LogFailedException.class, () -> say(4, "four"));
    }

    @Test
    void a_prepare_whose_write_fails_is_no_vote_and_no_abort() throws Exception {
        say(1, "one");
        assertEquals(Vote.YES, runtime.prepare(id(1)));
        say(2, LONGER_THAN_A_SEGMENT);
        Path moved = directory.resolve("moved");
        Files.move(log, moved);
        assertThrows(LogFailedException.class, () -> runtime.prepare(id(2)));
        assertEquals(Set.of(id(1), id(2)), words.holding, "nobody knows whether it is prepared");
        Files.move(moved, log);
        reopen();
        assertEquals(List.of(id(1)), List.copyOf(runtime.inDoubt()));
        assertEquals(Vote.NO, runtime.prepare(id(2)));
    }

    @Test
    void a_commit_in_one_phase_whose_force_fails_is_no_answer() throws Exception {
        say(1, "one");
        byte[] numbers = Crash.failAfterForce(log);
        assertThrows(LogFailedException.class, () -> runtime.commitOnePhase(id(1)));
        assertEquals(Set.of(id(1)), words.holding);
        Crash.repair(log, numbers);
        reopen();
        assertEquals(List.of("one"), words.applied);
        assertEquals(Ending.UNKNOWN, runtime.commitOnePhase(id(1)));
    }
}
