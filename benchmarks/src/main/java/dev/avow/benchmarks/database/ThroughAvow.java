package dev.avow.benchmarks.database;

import dev.avow.engine.Avow;
import dev.avow.engine.AvowOptions;
import dev.avow.engine.Calling;
import dev.avow.engine.Outcome;
import dev.avow.xa.XaParticipant;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Both databases as participants of one coordinator. */
@State(Scope.Benchmark)
public class ThroughAvow {
    /** A thread's own row. */
    @State(Scope.Thread)
    public static class Row {
        private final Update update = Update.ofThisThread();
    }

    /** In whose threads they are called: the first is what a user has who sets nothing. */
    @Param({"SIDE_BY_SIDE", "ONE_BY_ONE"})
    public Calling calling = Calling.SIDE_BY_SIDE;

    private record Open(Avow avow, XaParticipant orders, XaParticipant payments) {}

    private Optional<Open> open = Optional.empty();

    @Setup
    public void open(Databases databases) {
        XaParticipant orders = XaParticipant.of("orders", databases.first());
        XaParticipant payments = XaParticipant.of("payments", databases.second());
        AvowOptions options = AvowOptions.defaults().withCalling(calling);
        Avow avow = Avow.open(databases.log(), options, List.of(orders, payments));
        open = Optional.of(new Open(avow, orders, payments));
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
