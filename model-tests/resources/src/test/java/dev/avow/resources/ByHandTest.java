package dev.avow.resources;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.avow.engine.Outcome;
import dev.avow.protocol.Ending;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An administrator settles a prepared branch between the votes and what Avow has decided. */
@ExtendWith(Subjects.class)
final class ByHandTest {
    @TempDir
    private Path folder;

    /** In MariaDB nobody can, while the branch's own connection is open. */
    static Stream<Arguments> byHand() {
        return Subjects.all()
                .filter(subject -> subject.kind() != Kind.MARIADB)
                .flatMap(subject -> Stream.of(Arguments.of(subject, true), Arguments.of(subject, false)));
    }

    @ParameterizedTest
    @MethodSource("byHand")
    void a_branch_that_is_gone_at_commit_is_reported(Subject subject, boolean committed) throws Exception {
        String marker = "by hand " + committed;
        Taps taps = new Taps().at("commit", Taps.When.BEFORE, () -> ByHand.settle(subject, committed));
        try (Desk desk =
                new Desk(subject.direct(), folder.resolve("ledger"), folder.resolve("log"), taps, Desk.QUICK)) {
            Outcome outcome = desk.transact(marker, transaction -> desk.writeBoth(transaction, marker));
            Outcome.Heuristic heuristic = assertInstanceOf(Outcome.Heuristic.class, outcome);
            assertEquals(Ending.COMMITTED, heuristic.decision());
            assertEquals(1, desk.avow.heuristics().size());
            desk.avow.settle(heuristic.id(), "subject");
            desk.audit(marker, committed ? 1 : 0, 1);
        }
    }
}
