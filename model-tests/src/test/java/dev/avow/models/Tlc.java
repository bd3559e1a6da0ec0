package dev.avow.models;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs each model in a JVM of its own: TLC keeps state in statics, and one model spoils the next. */
final class Tlc {
    static final Duration DEADLINE = Duration.ofMinutes(5);
    // Measured: up to some ten thousand states the C2 compiler costs more than it saves.
    private static final long STATES_WORTH_OPTIMISING = 30_000;

    private static final long DUMP_SECONDS = 20;

    private final Path spec;
    private final Path workRoot;
    private final Duration deadline;

    /**
     * @param spec the folder of the .tla and .cfg files
     * @param workRoot where TLC may leave files, one folder per model
     */
    Tlc(Path spec, Path workRoot, Duration deadline) {
        this.spec = spec.toAbsolutePath().normalize();
        this.workRoot = workRoot.toAbsolutePath().normalize();
        this.deadline = deadline;
    }

    /**
     * Runs one model to its end.
     *
     * @throws IllegalStateException if it takes longer than the deadline
     */
    TlcResult run(Model model) throws InterruptedException {
        try {
            Path work = emptied(workRoot.resolve(model.directoryName()));
            Files.createDirectories(temporaryFiles(model));
            Path output = work.resolve("tlc.log");
            List<String> command = command(model);
            command.add(command.indexOf("tlc2.TLC") + 1, "-tool");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            int exitCode = awaitExit(model, process);
            return TlcResult.parse(exitCode, Files.readString(output));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The command that a person can repeat. */
    String commandLine(Model model) {
        return command(model).stream()
                .map(word -> word.contains(" ") ? "'" + word + "'" : word)
                .collect(Collectors.joining(" "));
    }

    private int awaitExit(Model model, Process process) throws InterruptedException {
        // The fork mustn't outlive this JVM, nor an interrupt, nor the deadline.
        Thread killer = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(killer);
        try {
            if (!process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                Path threads = workRoot.resolve(model.directoryName()).resolve("threads.txt");
                dumpThreads(process, threads);
                throw new IllegalStateException(model.config() + ": TLC did not end within " + deadline.toSeconds()
                        + " s and was killed. What its threads did stands in " + threads
                        + "; is the model too large, or does TLC hang? Repeat by hand:\n  " + commandLine(model));
            }
            return process.exitValue();
        } finally {
            process.destroyForcibly();
            forget(killer);
        }
    }

    /** A hang is rare: whoever meets one wants to see where. */
    private static void dumpThreads(Process process, Path file) throws InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        try {
            new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), "Thread.print")
                    .redirectErrorStream(true)
                    .redirectOutput(file.toFile())
                    .start()
                    .waitFor(DUMP_SECONDS, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException("the threads of TLC can't be seen", e);
        }
    }

    private static void forget(Thread killer) {
        try {
            Runtime.getRuntime().removeShutdownHook(killer);
        } catch (IllegalStateException e) {
            // This JVM is going down already, and the hook has its work to do.
            return;
        }
    }

    // One worker, always: with two, the depth differs from run to run (17 or 18, 13 or 14), and so does the first
    // counterexample. The two cores are used by running two models at once. The fixed fingerprint and seed, and
    // liveness checked at the end only, make the rest repeatable.
    private List<String> command(Model model) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+UseParallelGC");
        if (model.expectedSize() < STATES_WORTH_OPTIMISING) {
            command.add("-XX:TieredStopAtLevel=1");
        }
        // TLC unpacks its standard modules there, under fixed names: two at once would overwrite each other's.
        command.add("-Djava.io.tmpdir=" + temporaryFiles(model));
        command.add("-DTLA-Library=" + libraryPath(model));
        command.addAll(List.of("-cp", toolsJar(), "tlc2.TLC"));
        command.addAll(List.of("-workers", "1", "-checkpoint", "0", "-fp", "0", "-seed", "0", "-lncheck", "final"));
        command.addAll(
                List.of("-metadir", workRoot.resolve(model.directoryName()).toString()));
        if (model.verdict() != Verdict.DEADLOCK) {
            // Switches the check off, against its name: a finished transaction has no next step.
            command.add("-deadlock");
        }
        if (model.verdict() == Verdict.HOLDS) {
            command.addAll(List.of("-coverage", "1"));
        }
        command.addAll(List.of("-config", model.configFile(spec).toString()));
        command.add(model.moduleFile(spec).toString());
        return command;
    }

    private String libraryPath(Model model) {
        return Stream.of(model.configFile(spec).getParent(), spec)
                .distinct()
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private Path temporaryFiles(Model model) {
        return workRoot.resolve(model.directoryName()).resolve("tmp");
    }

    private static String toolsJar() {
        CodeSource source = tlc2.TLC.class.getProtectionDomain().getCodeSource();
        return new File(source.getLocation().getPath()).toString();
    }

    private static Path emptied(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        return Files.createDirectories(folder);
    }
}
