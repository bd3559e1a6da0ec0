package dev.avow.benchmarks.manager;

import java.io.File;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;

/**
 * A short {@link CountedRun} of every manager of one product that is on the class path, each in a process of its own, as
 * most keep their configuration in static fields: that they work at all.
 */
final class EveryManager {
    private static final String THREADS = "2";
    private static final String TRANSACTIONS = "100";
    private static final long LONGEST_SECONDS = 60;

    private EveryManager() {}

    /** Expects the product: what the names of its managers begin with. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length != 1) {
            throw new IllegalArgumentException("expected: product");
        }
        List<String> names = ServiceLoader.load(Manager.class).stream()
                .map(each -> each.get().name())
                .filter(each -> each.startsWith(arguments[0]))
                .toList();
        if (names.isEmpty()) {
            throw new IllegalStateException("no manager of \"" + arguments[0] + "\" is on the class path");
        }
        for (String name : names) {
            run(name);
        }
    }

    private static void run(String manager) throws Exception {
        Process process = new ProcessBuilder(
                        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CountedRun.class.getName(),
                        manager,
                        THREADS,
                        TRANSACTIONS,
                        Witness.Answer.YES.name())
                .inheritIO()
                .start();
        if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(manager + " wasn't done after " + LONGEST_SECONDS + " s");
        }
        if (process.exitValue() != 0) {
            throw new IllegalStateException(manager + " failed");
        }
    }
}
