package dev.avow.jta;

import dev.avow.engine.AvowOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** An order over two databases in a process that halts right after one protocol step: {@code main(folder, action)}. */
final class KilledShop {
    private static final int HALTED = 42;

    public static void main(String[] arguments) throws Exception {
        AvowOptions halting = AvowOptions.defaults().withObserver(step -> {
            if (step.action().equals(arguments[1])) {
                Runtime.getRuntime().halt(HALTED);
            }
        });
        Bank bank = new Bank(Path.of(arguments[0]), halting);
        bank.manager.begin("O1");
        bank.writeBoth("O1");
        bank.manager.commit();
    }

    /** Runs it until it halts there. */
    static void run(Path folder, String action) throws Exception {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledShop.class.getName(),
                        folder.toString(),
                        action))
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != HALTED) {
            throw new IllegalStateException("the process ended with " + process.exitValue() + ": " + said);
        }
    }

    private KilledShop() {}
}
