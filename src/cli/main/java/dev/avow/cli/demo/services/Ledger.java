package dev.avow.cli.demo.services;

import dev.avow.cli.demo.Books;
import dev.avow.cli.demo.OrdersTable;
import dev.avow.cli.demo.PaymentsTable;
import dev.avow.cli.terminal.Text;
import dev.avow.engine.LogInspection;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The audit: what both databases hold, read by plain JDBC, what the coordinator's log says, and what the shop has said.
 *
 * @param complaints what isn't as it should be, in a line each
 */
public record Ledger(Books books, List<String> complaints) {
    public Ledger {
        complaints = List.copyOf(complaints);
    }

    /** Reads it all, while no process has any of it open. */
    public static Ledger read(Function<Part, ServiceDatabase> databases, Path log, Map<String, Ending> endings)
            throws SQLException {
        ServiceDatabase orders = databases.apply(Part.ORDERS);
        ServiceDatabase payments = databases.apply(Part.PAYMENTS);
        try (Connection ordering = orders.connect();
                Connection paying = payments.connect()) {
            Books books = Books.of(
                    OrdersTable.all(ordering),
                    PaymentsTable.all(paying),
                    PaymentsTable.balances(paying),
                    Map.of(
                            Part.ORDERS.participant(), orders.inDoubt(ordering),
                            Part.PAYMENTS.participant(), payments.inDoubt(paying)));
            return new Ledger(books, complaints(books, LogInspection.of(log), endings));
        }
    }

    private static List<String> complaints(Books books, LogInspection log, Map<String, Ending> endings) {
        List<String> found = new ArrayList<>();
        if (!books.areSound()) {
            found.addAll(books.verdict());
        }
        endings.forEach((id, ending) -> {
            boolean isThere = books.order(id).isPresent();
            if (isThere != (ending == Ending.COMMITTED)) {
                found.add("NOT AS TOLD: the shop said that " + id + " is " + ending + ", and it is "
                        + (isThere ? "there" : "missing"));
            }
        });
        log.unfinished()
                .forEach(record -> found.add("NOT TOLD: the decision to commit " + Text.oneLine(record.name())
                        + " has still to reach " + Text.and(record.participants())));
        log.heuristics()
                .forEach(record -> found.add("NOT AS DECIDED: " + Text.oneLine(record.name()) + " at "
                        + record.participant() + " is " + record.decided()));
        log.damage().ifPresent(damage -> found.add("DAMAGED: " + damage));
        return found;
    }

    /** All of it in one line for each thing, as a failure shows it. */
    public String words() {
        return complaints.stream().collect(Collectors.joining("\n"));
    }
}
