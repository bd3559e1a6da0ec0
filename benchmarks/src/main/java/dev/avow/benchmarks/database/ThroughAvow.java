package dev.avow.benchmarks.database;

import dev.avow.engine.Avow;
import dev.avow.engine.Outcome;
import dev.avow.xa.XaParticipant;
import java.sql.SQLException;
import java.util.Optional;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Both databases as participants of one coordinator, as a user has it who sets nothing. */
@State(Scope.Benchmark)
public class ThroughAvow {
    /** A thread's own row. */
    @State(Scope.Thread)
    public static class Row {
        private final Update update = Update.ofThisThread();
    }

    private record Open(Avow avow, XaParticipant orders, XaParticipant payments) {}

    private Optional<Open> open = Optional.empty();

    @Setup
    public void open(Databases databases) {
        XaParticipant orders = XaParticipant.of("orders", databases.first());
        XaParticipant payments = XaParticipant.of("payments", databases.second());
        open = Optional.of(new Open(Avow.open(databases.log(), orders, payments), orders, payments));
    }

    public Outcome commitOne(Row row) throws SQLException {
        Open now = open.orElseThrow();
        return now.avow
                .<SQLException>transact("O001", transaction -> {
                    row.update.run(now.orders.connection(transaction));
                    row.update.run(now.payments.connection(transaction));
                })
                .requireCommitted();
    }

    @TearDown
    public void close() {
        open.ifPresent(now -> {
            now.avow.close();
            now.orders.close();
            now.payments.close();
        });
    }
}
