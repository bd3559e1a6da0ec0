package dev.avow.servers;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A PostgreSQL server with durability on, which can be killed and started again on the same data. */
public final class PostgresServer implements Server {
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final String ON = "on";
    /** Not in the system's temporary folder, where another user's copy may lie in the way. */
    private static final Path BINARIES = Path.of("target", "postgres-binaries");

    private final Path data;
    private final AtomicInteger made = new AtomicInteger();
    private EmbeddedPostgres running;

    private PostgresServer(Path data, EmbeddedPostgres running) {
        this.data = data;
        this.running = running;
    }

    /**
     * Starts one whose data lie below this folder.
     *
     * @throws IOException if it doesn't start
     */
    public static PostgresServer start(Path root) throws IOException {
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

    /** {@inheritDoc} And of all that it has started. */
    @Override
    public void kill() throws IOException {
        ProcessHandle postmaster = postmaster();
        // Its children first: they would end by themselves without it, but nobody knows when.
        List<ProcessHandle> all =
                Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle one : all) {
            Kills.awaitEnd(one);
        }
    }

    private ProcessHandle postmaster() throws IOException {
        long pid = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
        return ProcessHandle.of(pid).orElseThrow(() -> new IllegalStateException("there is no process " + pid));
    }

    @Override
    public void restart() throws IOException {
        int port = running.getPort();
        // Finds no server any more, and says so; but it lets go of the folder.
        running.close();
        running = builder(data).setPort(port).start();
    }

    /**
     * Another database.
     *
     * @return its JDBC address, for the user {@code postgres}
     */
    public String make() throws SQLException {
        String name = "db" + made.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(url("postgres"), "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return url(name);
    }

    private String url(String database) {
        return "jdbc:postgresql://localhost:" + port() + "/" + database;
    }

    @Override
    public int port() {
        return running.getPort();
    }

    @Override
    public void close() throws IOException {
        running.close();
    }
}
