package dev.avow.resources;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.avow.engine.Outcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A resource manager dies with a branch that it has prepared, and comes back; Avow lives on. */
@ExtendWith(Subjects.class)
final class KilledServerTest {
    @TempDir
    private Path folder;

    private Desk desk(Subject subject, Taps taps) throws Exception {
        return new Desk(subject.direct(), folder.resolve("ledger"), folder.resolve("log"), taps, Desk.QUICK);
    }

    @ParameterizedTest
    @MethodSource("dev.avow.resources.Subjects#all")
    void a_decided_commit_is_carried_out_once_it_is_back(Subject subject) throws Exception {
        String marker = "killed before commit";
        try (Desk desk = desk(subject, new Taps().at("commit", Taps.When.BEFORE, subject::kill))) {
            Outcome outcome = desk.transact(marker, transaction -> desk.writeBoth(transaction, marker));
            outcome.requireCommitted();
            subject.restart();
            desk.audit(marker, 1, 1);
        }
    }

    @ParameterizedTest
    @MethodSource("dev.avow.resources.Subjects#all")
    void a_refused_transaction_is_rolled_back_once_it_is_back(Subject subject) throws Exception {
        String marker = "killed after prepare";
        Taps taps = new Taps();
        try (Desk desk = desk(subject, taps)) {
            taps.at("prepare", Taps.When.AFTER, () -> {
                subject.kill();
                desk.refusing.otherIsPrepared();
            });
            Outcome outcome = desk.transact(marker, transaction -> {
                desk.writeBoth(transaction, marker);
                transaction.enlist(desk.refusing);
            });
            assertEquals(List.of(), taps.unused());
            assertEquals(Outcome.Aborted.class, outcome.getClass());
            subject.restart();
            desk.audit(marker, 0, 0);
        }
    }
}
