package dev.avow.benchmarks.database;

import dev.avow.benchmarks.engine.VolatileLog;
import dev.avow.engine.Avow;
import dev.avow.engine.AvowOptions;
import dev.avow.engine.Calling;
import dev.avow.engine.DecisionLog;
import dev.avow.engine.LogOptions;
import dev.avow.engine.Outcome;
import dev.avow.xa.XaParticipant;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.XADataSource;
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

    private record Open(Avow avow, XaParticipant orders, XaParticipant payments) implements AutoCloseable {
        static Open over(XADataSource first, XADataSource second, DecisionLog log, Calling calling) {
            XaParticipant orders = XaParticipant.of("orders", first);
            XaParticipant payments = XaParticipant.of("payments", second);
            AvowOptions options = AvowOptions.defaults().withCalling(calling);
            return new Open(Avow.open(log, options, List.of(orders, payments)), orders, payments);
        }

        Outcome commitOne(Update update) throws SQLException {
            return avow.<SQLException>transact("O001", transaction -> {
                        update.run(orders.connection(transaction));
                        update.run(payments.connection(transaction));
                    })
                    .requireCommitted();
        }

        @Override
        public void close() {
            avow.close();
            orders.close();
            payments.close();
        }
    }

    private Optional<Open> open = Optional.empty();

    @Setup
    public void open(Databases databases) throws Exception {
        try (Open rehearsal =
                Open.over(Rehearsal.database("orders"), Rehearsal.database("payments"), new VolatileLog(), calling)) {
            Update update = new Update(0);
            Rehearsal.of(() -> rehearsal.commitOne(update));
        }
        DecisionLog log = DecisionLog.open(databases.log(), LogOptions.defaults());
        open = Optional.of(Open.over(databases.first(), databases.second(), log, calling));
    }

    public Outcome commitOne(Row row) throws SQLException {
        return open.orElseThrow().commitOne(row.update);
    }

    @TearDown
    public void close() {
        open.ifPresent(Open::close);
    }
}
