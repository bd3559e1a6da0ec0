package dev.avow.survival;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A PostgreSQL server with durability on, which can be killed and started again on the same data. */
final class PostgresServer implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String ON = "on";
    /** Not in the system's temporary folder, where another user's copy may lie in the way. */
    private static final Path BINARIES = Path.of("target", "survival", "postgres-binaries");

    private final Path data;
    private final AtomicInteger made = new AtomicInteger();
    private EmbeddedPostgres running;

    private PostgresServer(Path data, EmbeddedPostgres running) {
        this.data = data;
        this.running = running;
    }

    static PostgresServer start(Path root) throws IOException {
        Path data = root.resolve("postgres").toAbsolutePath();
        return new PostgresServer(data, builder(data).start());
    }

    /** The tests' server has durability off unless told otherwise. */
    private static EmbeddedPostgres.Builder builder(Path data) {
        return EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(BINARIES.toAbsolutePath().toFile())
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", ON)
                .setServerConfig("synchronous_commit", ON)
                .setServerConfig("full_page_writes", ON)
                .setServerConfig("max_prepared_transactions", "64")
                .setPGStartupWait(DEADLINE);
    }

    /** SIGKILL of the server and all that it has started: nothing is left that could still write. */
    void kill() throws IOException, InterruptedException {
        ProcessHandle postmaster = postmaster();
        // Its children first: they would end by themselves without it, but nobody knows when.
        List<ProcessHandle> all =
                Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle one : all) {
            awaitEnd(one);
        }
    }

    private ProcessHandle postmaster() throws IOException {
        long pid = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
        return ProcessHandle.of(pid).orElseThrow(() -> new IllegalStateException("there is no process " + pid));
    }

    private static void awaitEnd(ProcessHandle process) throws InterruptedException {
        try {
            process.onExit().get(DEADLINE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException(process + " survived SIGKILL", e);
        }
    }

    /** On the same data, at the same port. */
    void restart() throws IOException {
        int port = running.getPort();
        // Finds no server any more, and says so; but it lets go of the folder.
        running.close();
        running = builder(data).setPort(port).start();
    }

    /** Another database. */
    Database make() throws SQLException {
        String name = "shop" + made.incrementAndGet();
        database("postgres").execute("CREATE DATABASE " + name);
        return database(name);
    }

    private Database database(String name) {
        return new Database("jdbc:postgresql://localhost:" + running.getPort() + "/" + name);
    }

    @Override
    public void close() throws IOException {
        running.close();
    }
}
