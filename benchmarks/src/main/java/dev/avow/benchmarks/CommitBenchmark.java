package dev.avow.benchmarks;

import dev.avow.engine.Avow;
import dev.avow.engine.Outcome;
import dev.avow.engine.Participant;
import dev.avow.engine.Transaction;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.Vote;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One committed transaction over two participants that do nothing, with a real log: what the coordinator itself costs.
 * Its limit is {@link OneForce}, measured in the same run: the log can't be faster than one force of the disk.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 2)
@Fork(2)
@State(Scope.Benchmark)
public class CommitBenchmark {
    private final Idle orders = new Idle("orders");
    private final Idle payments = new Idle("payments");
    private final Path directory;
    private final Avow avow;

    public CommitBenchmark() {
        directory = Folders.create();
        avow = Avow.open(directory, orders, payments);
    }

    @Benchmark
    public Outcome commit() {
        try (Transaction transaction = avow.begin("O001")) {
            transaction.enlist(orders);
            transaction.enlist(payments);
            return transaction.commit().requireCommitted();
        }
    }

    @TearDown
    public void delete() throws IOException {
        avow.close();
        Folders.delete(directory);
    }

    @Benchmark
    public void limitOneForce(OneForce disk) throws IOException {
        disk.append();
    }

    private record Idle(String name) implements Participant {
        @Override
        public Vote prepare(TransactionId id) {
            return Vote.YES;
        }

        @Override
        public void commit(TransactionId id) {}

        @Override
        public void abort(TransactionId id) {}

        @Override
        public Collection<TransactionId> inDoubt() {
            return List.of();
        }

        @Override
        public boolean mayBlock() {
            return false;
        }
    }
}
