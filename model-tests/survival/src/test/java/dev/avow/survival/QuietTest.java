package dev.avow.survival;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.Avow;
import dev.avow.engine.AvowOptions;
import dev.avow.engine.BranchEnding;
import dev.avow.engine.DecisionLog;
import dev.avow.engine.HeuristicException;
import dev.avow.engine.KeyValueStore;
import dev.avow.engine.LogOptions;
import dev.avow.engine.Participant;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.Vote;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in the log of whoever uses Avow, from the level info up. */
final class QuietTest {
    private static final int TRANSACTIONS = 1_000;
    private static final LogOptions SMALL = LogOptions.defaults().withSegmentBytes(64 << 10);

    @TempDir
    Path folder;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    private String heard(Runnable life) {
        PrintStream before = System.err;
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            life.run();
        } finally {
            System.setErr(before);
        }
        return said.toString(StandardCharsets.UTF_8);
    }

    private void live(int from) {
        AvowOptions options = AvowOptions.defaults().withRetries(Duration.ofMillis(1), Duration.ofMillis(5));
        try (KeyValueStore orders = KeyValueStore.open(folder.resolve("orders"), "orders");
                KeyValueStore payments = KeyValueStore.open(folder.resolve("payments"), "payments");
                Avow avow =
                        Avow.open(DecisionLog.open(folder.resolve("log"), SMALL), options, List.of(orders, payments))) {
            for (int number = from; number < from + TRANSACTIONS; number++) {
                String key = "O" + number;
                avow.transact(key, transaction -> {
                    orders.put(transaction, key, "1");
                    payments.put(transaction, key, "1");
                });
            }
        }
    }

    @Test
    void a_healthy_life_with_restarts_and_turnovers_leaves_no_line() {
        assertEquals("", heard(() -> {
            live(0);
            live(TRANSACTIONS);
        }));
    }

    /** Never to be told anything. */
    private record Dead(String name, Exception failure) implements Participant {
        @Override
        public Vote prepare(TransactionId id) {
            return Vote.YES;
        }

        @Override
        public void commit(TransactionId id) throws Exception {
            throw failure;
        }

        @Override
        public void abort(TransactionId id) {}

        @Override
        public Collection<TransactionId> inDoubt() {
            return List.of();
        }
    }

    @Test
    void a_participant_that_cannot_be_told_is_named_with_its_transaction() {
        IOException lost = new IOException("no connection");
        List<Participant> dead = List.of(new Dead("orders", lost), new Dead("payments", lost));
        AvowOptions impatient = AvowOptions.defaults().withTellTimeout(Duration.ofMillis(20));
        String line = heard(() -> {
            try (Avow avow = Avow.open(folder.resolve("log"), impatient, dead)) {
                avow.transact("O1", transaction -> dead.forEach(transaction::enlist));
            }
        });
        assertTrue(line.contains("payments") && line.contains("O1") && line.contains("no connection"), line);
    }

    @Test
    void a_contradiction_is_told_when_it_is_found_and_again_at_each_start() {
        Exception alone = new HeuristicException(BranchEnding.HEURISTIC_ABORTED, "settled by hand");
        List<Participant> deciding = List.of(new Dead("orders", alone), new Dead("payments", alone));
        assertTrue(heard(() -> {
                    try (Avow avow = Avow.open(folder.resolve("log"), AvowOptions.defaults(), deciding)) {
                        avow.transact("O1", transaction -> deciding.forEach(transaction::enlist));
                    }
                })
                .contains("has ended in contradiction: \"payments\" decided"));
        said.reset();
        String again = heard(() -> Avow.open(folder.resolve("log"), AvowOptions.defaults(), deciding)
                .close());
        assertTrue(again.contains("has ended in contradiction: \"orders\" decided"), again);
    }
}
