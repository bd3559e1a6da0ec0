package dev.avow.clients;

import dev.avow.engine.AvowOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** A client whose process halts right after a protocol step of its last order: {@code main(client, folder, order, action)}. */
final class KilledClient {
    private static final int HALTED = 42;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    public static void main(String[] arguments) throws Exception {
        AtomicBoolean armed = new AtomicBoolean();
        AvowOptions halting = AvowOptions.defaults().withObserver(step -> {
            if (armed.get() && step.action().equals(arguments[3])) {
                Runtime.getRuntime().halt(HALTED);
            }
        });
        Client client = Clients.valueOf(arguments[0]).open(Path.of(arguments[1]), halting);
        if (!client.manager().coordinator().awaitRecovered(PATIENCE)) {
            throw new IllegalStateException(
                    "not recovered: " + client.manager().coordinator().pending());
        }
        armed.set(true);
        client.order(arguments[2]);
    }

    /** Runs it until it halts there. */
    static void run(Clients client, Path folder, String order, String action) throws Exception {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dderby.stream.error.file=" + folder.resolve("derby.log"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledClient.class.getName(),
                        client.name(),
                        folder.toString(),
                        order,
                        action))
                .redirectErrorStream(true)
                .start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != HALTED) {
                throw new IllegalStateException(client + " ended with " + process.exitValue() + ": " + said);
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private KilledClient() {}
}
