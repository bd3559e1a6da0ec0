package dev.avow.jta;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.avow.engine.AvowOptions;
import dev.avow.engine.LogOptions;
import jakarta.transaction.Status;
import jakarta.transaction.Transaction;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.transaction.xa.XAResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every call in every state: the tables of STANDARD.md are what happens. */
final class StatesTest {
    private static final Path TABLES = Path.of("STANDARD.md");
    private static final Map<Integer, String> STATUSES = Map.ofEntries(
            Map.entry(Status.STATUS_ACTIVE, "ACTIVE"),
            Map.entry(Status.STATUS_MARKED_ROLLBACK, "MARKED_ROLLBACK"),
            Map.entry(Status.STATUS_PREPARED, "PREPARED"),
            Map.entry(Status.STATUS_COMMITTED, "COMMITTED"),
            Map.entry(Status.STATUS_ROLLEDBACK, "ROLLEDBACK"),
            Map.entry(Status.STATUS_UNKNOWN, "UNKNOWN"),
            Map.entry(Status.STATUS_NO_TRANSACTION, "NO_TRANSACTION"),
            Map.entry(Status.STATUS_PREPARING, "PREPARING"),
            Map.entry(Status.STATUS_COMMITTING, "COMMITTING"),
            Map.entry(Status.STATUS_ROLLING_BACK, "ROLLING_BACK"));

    @TempDir
    private Path folder;

    /** A call by name, as a manager's client makes it. */
    @FunctionalInterface
    private interface Named {
        Object of(AvowTransactionManager manager, Supplier<Transaction> transaction) throws Exception;
    }

    @FunctionalInterface
    private interface Step {
        void take() throws Exception;
    }

    private static String done(Step step) throws Exception {
        step.take();
        return "ok";
    }

    private static String status(int status) {
        return STATUSES.getOrDefault(status, "status " + status);
    }

    /** "this" for the transaction itself, since its name says nothing here. */
    private static String which(Object found, Supplier<Transaction> transaction) {
        return found == null ? "null" : found == transaction.get() ? "this" : "another";
    }

    private static Map<String, Named> transactionCalls() {
        Map<String, Named> calls = new LinkedHashMap<>();
        calls.put("commit", (m, t) -> done(t.get()::commit));
        calls.put("rollback", (m, t) -> done(t.get()::rollback));
        calls.put("setRollbackOnly", (m, t) -> done(t.get()::setRollbackOnly));
        calls.put("getStatus", (m, t) -> status(t.get().getStatus()));
        calls.put("enlistResource", (m, t) -> t.get().enlistResource(new MockResource()));
        calls.put("delistResource", (m, t) -> t.get().delistResource(new MockResource(), XAResource.TMSUCCESS));
        calls.put(
                "registerSynchronization",
                (m, t) -> done(() -> t.get().registerSynchronization(new Noted("late", new ArrayList<>()))));
        return calls;
    }

    private static Map<String, Named> threadCalls() {
        Map<String, Named> calls = new LinkedHashMap<>();
        calls.put("begin", (m, t) -> done(m::begin));
        calls.put("commit", (m, t) -> done(m::commit));
        calls.put("rollback", (m, t) -> done(m::rollback));
        calls.put("setRollbackOnly", (m, t) -> done(m::setRollbackOnly));
        calls.put("getStatus", (m, t) -> status(m.getStatus()));
        calls.put("setTransactionTimeout", (m, t) -> done(() -> m.setTransactionTimeout(5)));
        calls.put("getTransaction", (m, t) -> which(m.getTransaction(), t));
        calls.put("suspend", (m, t) -> which(m.suspend(), t));
        calls.put("resume", (m, t) -> done(() -> m.resume(t.get())));
        calls.put("suspend, resume", (m, t) -> done(() -> m.resume(m.suspend())));
        calls.put("getTransactionKey", (m, t) -> key(registry(m).getTransactionKey(), t));
        calls.put("putResource", (m, t) -> done(() -> registry(m).putResource("key", "value")));
        calls.put("getResource", (m, t) -> registry(m).getResource("key"));
        calls.put(
                "registerInterposedSynchronization",
                (m, t) -> done(
                        () -> registry(m).registerInterposedSynchronization(new Noted("late", new ArrayList<>()))));
        calls.put("getTransactionStatus", (m, t) -> status(registry(m).getTransactionStatus()));
        calls.put("registry's setRollbackOnly", (m, t) -> done(registry(m)::setRollbackOnly));
        calls.put("getRollbackOnly", (m, t) -> registry(m).getRollbackOnly());
        return calls;
    }

    private static TransactionSynchronizationRegistry registry(AvowTransactionManager manager) {
        return manager.synchronizationRegistry();
    }

    private static String key(Object found, Supplier<Transaction> transaction) {
        return found == null
                ? "null"
                : Objects.requireNonNull(transaction.get().toString()).contains(found.toString())
                        ? "its id"
                        : "another";
    }

    @Test
    void a_transactions_calls_answer_as_the_table_says() throws Exception {
        assertTable(
                "Calls of a transaction",
                transactionCalls(),
                Stream.of(Place.values()).filter(place -> place != Place.NONE).toList());
    }

    @Test
    void a_threads_calls_answer_as_the_table_says() throws Exception {
        assertTable(
                "Calls of a thread",
                threadCalls(),
                List.of(
                        Place.NONE,
                        Place.ACTIVE,
                        Place.BEFORE_COMPLETION,
                        Place.MARKED,
                        Place.TIMED_OUT,
                        Place.AFTER_COMPLETION));
    }

    private void assertTable(String title, Map<String, Named> calls, List<Place> places) throws Exception {
        try (AvowTransactionManager patient = open("patient", Place.ACTIVE);
                AvowTransactionManager hasty = open("hasty", Place.TIMED_OUT)) {
            List<String> rows = new ArrayList<>();
            rows.add(row("call", places.stream().map(place -> place.words)));
            rows.add(row("---", places.stream().map(place -> "---")).replace(" ", ""));
            for (Map.Entry<String, Named> call : calls.entrySet()) {
                List<String> cells = new ArrayList<>();
                for (Place place : places) {
                    cells.add(cell(place == Place.TIMED_OUT ? hasty : patient, place, call));
                }
                rows.add(row(call.getKey(), cells.stream()));
            }
            assertEquals(String.join("\n", rows), table(title));
        }
    }

    private static String cell(AvowTransactionManager manager, Place place, Map.Entry<String, Named> call)
            throws Exception {
        if (place == Place.NONE && call.getKey().equals("resume")) {
            return "-";
        }
        Place.Moment moment = new Place.Moment(transaction -> call.getValue().of(manager, transaction));
        // In a thread of its own: what it leaves behind there concerns no other cell.
        FutureTask<String> task = new FutureTask<>(() -> {
            place.reach(manager, moment);
            return moment.result();
        });
        Thread thread = new Thread(task, place + " " + call.getKey());
        thread.start();
        return task.get(60, TimeUnit.SECONDS);
    }

    private AvowTransactionManager open(String name, Place place) {
        return AvowTransactionManager.at(folder.resolve(name))
                .options(AvowOptions.defaults()
                        .withWorkTimeout(place.timeout())
                        .withLog(LogOptions.defaults().withSegmentBytes(64 << 10)))
                .open();
    }

    private static String row(String head, Stream<String> cells) {
        return "| " + head + " | " + cells.collect(Collectors.joining(" | ")) + " |";
    }

    private static String table(String title) throws IOException {
        return Arrays.stream(Files.readString(TABLES).split("\n## ", -1))
                .filter(section -> section.startsWith(title))
                .flatMap(String::lines)
                .filter(line -> line.startsWith("|"))
                .collect(Collectors.joining("\n"));
    }
}
