package dev.avow.resources;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.Avow;
import dev.avow.engine.Outcome;
import dev.avow.engine.Transaction;
import dev.avow.xa.XaParticipant;
import dev.avow.xa.kit.JdbcTarget;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.stream.Stream;
import javax.sql.XAConnection;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** PostgreSQL's driver votes yes for a transaction that an SQL error has spoilt; over a lent resource Avow sees it, too. */
@ExtendWith(Subjects.class)
final class FailedTransactionTest {
    @TempDir
    private Path folder;

    static Stream<Subject> postgres() {
        return Subjects.all().filter(subject -> subject.kind() == Kind.POSTGRESQL);
    }

    @ParameterizedTest
    @MethodSource("postgres")
    void a_lent_resource_whose_transaction_failed_is_rolled_back_with_the_others(Subject subject) throws Exception {
        JdbcTarget target = (JdbcTarget) subject.direct().target();
        JdbcTarget ledgerTarget = Client.h2(folder.resolve("ledger")).prepared();
        XAConnection lent = target.source().getXAConnection();
        try (XaParticipant lender = XaParticipant.of("lender", () -> {
                    throw new IllegalStateException("recovery isn't needed here");
                });
                XaParticipant ledger = XaParticipant.of("ledger", ledgerTarget.source());
                Avow avow = Avow.open(folder.resolve("log"), lender, ledger)) {
            for (boolean alone : new boolean[] {true, false}) {
                String marker = "lent " + alone;
                Transaction transaction = avow.begin(marker);
                Connection connection = lent.getConnection();
                lender.enlist(transaction, lent.getXAResource());
                write(connection, marker);
                assertThrows(
                        SQLException.class, () -> connection.createStatement().execute("SELECT * FROM nowhere"));
                if (!alone) {
                    write(ledger.connection(transaction), marker);
                }
                Outcome.Aborted aborted = assertInstanceOf(Outcome.Aborted.class, transaction.commit());
                assertTrue(alone || aborted.reason().contains("which the application has caught"), aborted.reason());
                assertEquals(0, target.count(marker) + ledgerTarget.count(marker));
            }
        } finally {
            lent.close();
        }
    }

    private static void write(Connection connection, String marker) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(JdbcTarget.WRITE)) {
            statement.setString(1, marker);
            statement.execute();
        }
    }
}
