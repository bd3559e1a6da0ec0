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
import java.sql.Statement;
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
                assertThrows(SQLException.class, () -> execute(connection, "SELECT * FROM nowhere"));
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

    @ParameterizedTest
    @MethodSource("postgres")
    void a_constraint_that_the_server_checks_at_prepare_rolls_all_back(Subject subject) throws Exception {
        JdbcTarget target = (JdbcTarget) subject.direct().target();
        JdbcTarget ledgerTarget = Client.h2(folder.resolve("ledger")).prepared();
        try (XaParticipant orders = XaParticipant.of("orders", target.source());
                XaParticipant ledger = XaParticipant.of("ledger", ledgerTarget.source());
                Avow avow = Avow.open(folder.resolve("log"), orders, ledger)) {
            Transaction first = avow.begin("table");
            execute(orders.connection(first), "CREATE TABLE once(id INT UNIQUE DEFERRABLE INITIALLY DEFERRED)");
            first.commit().requireCommitted();
            Transaction twice = avow.begin("twice");
            execute(orders.connection(twice), "INSERT INTO once VALUES (1), (1)");
            write(ledger.connection(twice), "twice");
            Outcome.Aborted aborted = assertInstanceOf(Outcome.Aborted.class, twice.commit());
            assertTrue(aborted.reason().contains("\"orders\" refused"), aborted.reason());
            assertEquals(0, ledgerTarget.count("twice"));
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void write(Connection connection, String marker) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(JdbcTarget.WRITE)) {
            statement.setString(1, marker);
            statement.execute();
        }
    }
}
