package dev.avow.resources;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every connection to a resource manager is lost at an XA call: before it, after its answer, or instead of the answer. */
@ExtendWith(Subjects.class)
final class CutTest {
    @TempDir
    private Path folder;

    private Desk desk(Subject subject, Taps taps) throws Exception {
        return new Desk(subject.overWire(), folder.resolve("ledger"), folder.resolve("log"), taps, Desk.QUICK);
    }

    private static Stream<Arguments> at(String... calls) {
        List<Arguments> all = new ArrayList<>();
        for (String call : calls) {
            for (Taps.When when : times(call)) {
                Subjects.all().forEach(subject -> all.add(Arguments.of(subject, call, when)));
            }
        }
        return all.stream();
    }

    /** After start, end, rollback and recover, no more is lost than before the next call. */
    private static List<Taps.When> times(String call) {
        boolean anew = call.equals("prepare") || call.equals("commit") || Boolean.getBoolean("avow.thorough");
        return anew ? List.of(Taps.When.values()) : List.of(Taps.When.BEFORE, Taps.When.REPLY_LOST);
    }

    static Stream<Arguments> committing() {
        return at("start", "end", "prepare", "commit");
    }

    @ParameterizedTest
    @MethodSource("committing")
    void in_a_commit_it_is_in_both_or_in_none(Subject subject, String call, Taps.When when) throws Exception {
        String marker = "cut " + when + " " + call;
        Taps taps = new Taps().at(call, when, subject::cut);
        try (Desk desk = desk(subject, taps)) {
            Outcome outcome = desk.transact(marker, transaction -> desk.writeBoth(transaction, marker));
            assertEquals(List.of(), taps.unused());
            boolean voted = call.equals("commit") || (call.equals("prepare") && when == Taps.When.AFTER);
            assertEquals(voted ? Outcome.Committed.class : Outcome.Aborted.class, outcome.getClass());
            desk.audit(marker, voted ? 1 : 0, voted ? 1 : 0);
        }
    }

    static Stream<Arguments> aborting() {
        return at("start", "end", "rollback");
    }

    @ParameterizedTest
    @MethodSource("aborting")
    void in_a_rollback_it_is_in_none(Subject subject, String call, Taps.When when) throws Exception {
        String marker = "rollback, cut " + when + " " + call;
        Taps taps = new Taps().at(call, when, subject::cut);
        try (Desk desk = desk(subject, taps)) {
            Outcome outcome = desk.transact(marker, transaction -> {
                desk.writeBoth(transaction, marker);
                throw new IllegalStateException("the application's own failure");
            });
            assertEquals(List.of(), taps.unused());
            assertEquals(Outcome.Aborted.class, outcome.getClass());
            desk.audit(marker, 0, 0);
        }
    }

    static Stream<Arguments> refused() {
        return at("rollback");
    }

    @ParameterizedTest
    @MethodSource("refused")
    void in_the_rollback_of_a_prepared_branch_it_is_in_none(Subject subject, String call, Taps.When when)
            throws Exception {
        String marker = "refused, cut " + when + " " + call;
        Taps taps = new Taps().at(call, when, subject::cut);
        try (Desk desk = desk(subject, taps)) {
            taps.at("prepare", Taps.When.AFTER, desk.refusing::otherIsPrepared);
            Outcome outcome = desk.transact(marker, transaction -> {
                desk.writeBoth(transaction, marker);
                transaction.enlist(desk.refusing);
            });
            assertEquals(List.of(), taps.unused());
            assertEquals(Outcome.Aborted.class, outcome.getClass());
            desk.audit(marker, 0, 0);
        }
    }

    static Stream<Arguments> alone() {
        return at("start", "end", "commit");
    }

    @ParameterizedTest
    @MethodSource("alone")
    void in_one_phase_the_answer_is_true_or_open(Subject subject, String call, Taps.When when) throws Exception {
        String marker = "alone, cut " + when + " " + call;
        Taps taps = new Taps().at(call, when, subject::cut);
        try (Desk desk = desk(subject, taps)) {
            Outcome outcome = desk.transact(marker, transaction -> desk.subject.write(transaction, marker));
            assertEquals(List.of(), taps.unused());
            boolean done = call.equals("commit") && when != Taps.When.BEFORE;
            boolean answered = call.equals("commit") && when == Taps.When.AFTER;
            // A commit that may have been done is never said to be aborted, one that may not be, never committed.
            assertTrue(answered == outcome instanceof Outcome.Committed, outcome::toString);
            assertTrue(!done || !(outcome instanceof Outcome.Aborted), outcome::toString);
            desk.audit(marker, done ? 1 : 0, 0);
        }
    }

    static Stream<Arguments> recovering() {
        return at("recover");
    }

    @ParameterizedTest
    @MethodSource("recovering")
    void in_the_recovery_of_a_branch_it_is_in_none(Subject subject, String call, Taps.When when) throws Exception {
        String marker = "recovering, cut " + when + " " + call;
        Taps taps = new Taps();
        taps.at("prepare", Taps.When.REPLY_LOST, () -> {
            subject.cut();
            taps.at(call, when, subject::cut);
        });
        try (Desk desk = desk(subject, taps)) {
            Outcome outcome = desk.transact(marker, transaction -> desk.writeBoth(transaction, marker));
            assertEquals(Outcome.Aborted.class, outcome.getClass());
            desk.audit(marker, 0, 0);
            assertEquals(List.of(), taps.unused());
        }
    }
}
