package dev.avow.resources;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.avow.engine.Finding;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Avow's own process dies; the next one on the same log finds the branches and settles them. */
@ExtendWith(Subjects.class)
final class KilledProcessTest {
    @TempDir
    private Path folder;

    private Desk desk(Subject subject) throws Exception {
        return new Desk(subject.direct(), folder.resolve("ledger"), folder.resolve("log"), new Taps(), Desk.QUICK);
    }

    @ParameterizedTest
    @MethodSource("dev.avow.resources.Subjects#all")
    void after_the_decision_it_is_in_both(Subject subject) throws Exception {
        KilledDeal.run(subject, folder, "decided", KilledDeal.Step.DECISION);
        try (Desk desk = desk(subject)) {
            desk.audit("decided", 1, 1);
            assertEquals(Finding.COMMITTED, desk.avow.outcomeOf("decided"));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.avow.resources.Subjects#all")
    void after_the_votes_it_is_in_none(Subject subject) throws Exception {
        KilledDeal.run(subject, folder, "voted", KilledDeal.Step.VOTES);
        assertEquals(1, Desk.inDoubt(subject.direct().target()).size());
        try (Desk desk = desk(subject)) {
            desk.audit("voted", 0, 0);
            assertEquals(Finding.NO_RECORD, desk.avow.outcomeOf("voted"));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.avow.resources.Subjects#all")
    void work_that_was_not_prepared_is_in_none(Subject subject) throws Exception {
        KilledDeal.run(subject, folder, "worked", KilledDeal.Step.WORK);
        if (subject.kind() == Kind.DERBY) {
            // It keeps work that was ended and not prepared, with its locks, and lists it to nobody; see
            // src/xa/README.md.
            subject.kill();
            subject.restart();
        }
        try (Desk desk = desk(subject)) {
            desk.audit("worked", 0, 0);
            assertEquals(Finding.NO_RECORD, desk.avow.outcomeOf("worked"));
        }
    }

    static Stream<Arguments> byHand() {
        return Subjects.all().flatMap(subject -> Stream.of(Arguments.of(subject, true), Arguments.of(subject, false)));
    }

    /** Nobody can tell it from a commit whose reply was lost, see src/xa/README.md. */
    @ParameterizedTest
    @MethodSource("byHand")
    void a_branch_that_was_settled_by_hand_meanwhile_is_taken_for_committed(Subject subject, boolean committed)
            throws Exception {
        String marker = "by hand meanwhile " + committed;
        KilledDeal.run(subject, folder, marker, KilledDeal.Step.DECISION);
        ByHand.settle(subject, committed);
        try (Desk desk = desk(subject)) {
            desk.audit(marker, committed ? 1 : 0, 1);
            assertEquals(Finding.COMMITTED, desk.avow.outcomeOf(marker));
            assertEquals(List.of(), desk.avow.pending());
        }
    }
}
