package dev.avow.resources;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.jta.AvowTransactionManager;
import jakarta.transaction.RollbackException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing fails: what an application does with a Jakarta Transactions manager all day. */
@ExtendWith(Subjects.class)
final class OrdinaryTest {
    private static final String ALL = "dev.avow.resources.Subjects#all";

    @TempDir
    private Path folder;

    /** A manager over the two, with what is to be closed after its transactions. */
    private final class Office implements AutoCloseable {
        private final Client client;
        private final Client ledgerClient;
        private final Taps taps;
        private final AvowTransactionManager manager;
        private final JtaMember subject;
        private final JtaMember ledger;
        private final List<Runnable> used = new ArrayList<>();

        Office(Subject of, Taps taps) throws Exception {
            this.taps = taps;
            client = of.direct();
            ledgerClient = new JdbcClient(Client.h2(folder.resolve("ledger")).prepared());
            AvowTransactionManager.Builder builder =
                    AvowTransactionManager.at(folder.resolve("log")).options(Desk.QUICK);
            client.register(builder, "subject", taps);
            ledgerClient.register(builder, "ledger", new Taps());
            manager = builder.open();
            subject = client.in(manager, "subject", taps);
            ledger = ledgerClient.in(manager, "ledger", new Taps());
        }

        void write(JtaMember member, String marker) throws Exception {
            used.add(member.write(marker));
        }

        void read(JtaMember member) throws Exception {
            used.add(member.read());
        }

        void audit(String marker, int inSubject, int inLedger) throws Exception {
            assertEquals(List.of(), taps.unused());
            assertEquals(List.of(), Desk.inDoubt(client.target()));
            assertEquals(inSubject, client.target().count(marker));
            assertEquals(inLedger, ledgerClient.target().count(marker));
        }

        @Override
        public void close() {
            manager.close();
            used.forEach(Runnable::run);
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void a_commit_is_in_both(Subject subject) throws Exception {
        try (Office office = new Office(subject, new Taps())) {
            office.manager.begin("commit");
            office.write(office.subject, "commit");
            office.write(office.ledger, "commit");
            office.manager.commit();
            office.audit("commit", 1, 1);
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void a_rollback_is_in_none(Subject subject) throws Exception {
        try (Office office = new Office(subject, new Taps())) {
            office.manager.begin("rollback");
            office.write(office.subject, "rollback");
            office.write(office.ledger, "rollback");
            office.manager.rollback();
            office.audit("rollback", 0, 0);
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void one_that_only_read_leaves_nothing_in_doubt(Subject subject) throws Exception {
        try (Office office = new Office(subject, new Taps())) {
            office.manager.begin("read-only");
            office.read(office.subject);
            office.write(office.ledger, "read-only");
            office.manager.commit();
            office.audit("read-only", 0, 1);
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void one_alone_is_committed_in_one_phase(Subject subject) throws Exception {
        Taps taps = new Taps();
        try (Office office = new Office(subject, taps)) {
            office.manager.begin("alone");
            office.write(office.subject, "alone");
            office.manager.commit();
            office.audit("alone", 1, 0);
            assertTrue(taps.made().contains("commit"));
            assertFalse(taps.made().contains("prepare"));
        }
    }

    @ParameterizedTest
    @MethodSource(ALL)
    void a_refusal_to_prepare_is_in_none(Subject subject) throws Exception {
        try (Office office = new Office(subject, new Taps().refusingToPrepare())) {
            office.manager.begin("refused");
            office.write(office.subject, "refused");
            office.write(office.ledger, "refused");
            assertThrows(RollbackException.class, office.manager::commit);
            office.audit("refused", 0, 0);
        }
    }

    /** PostgreSQL's transaction has failed with the statement; others go on as if it had never been. */
    @ParameterizedTest
    @MethodSource(ALL)
    void an_error_that_the_application_caught_leaves_all_or_nothing(Subject subject) throws Exception {
        for (boolean alone : List.of(true, false)) {
            String marker = "caught " + alone;
            try (Office office = new Office(subject, new Taps())) {
                office.manager.begin(marker);
                office.write(office.subject, marker);
                office.subject.failUnseen();
                if (!alone) {
                    office.write(office.ledger, marker);
                }
                int rows = 1;
                try {
                    office.manager.commit();
                } catch (RollbackException said) {
                    rows = 0;
                }
                office.audit(marker, rows, alone ? 0 : rows);
                assertEquals(subject.kind() == Kind.POSTGRESQL ? 0 : 1, rows);
            }
        }
    }
}
