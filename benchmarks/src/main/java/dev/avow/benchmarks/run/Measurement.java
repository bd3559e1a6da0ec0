package dev.avow.benchmarks.run;

import dev.avow.benchmarks.plan.Cell;
import dev.avow.benchmarks.plan.Plan;
import dev.avow.benchmarks.result.Rounds;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Measures a plan, round after round, and writes the result after each cell: whoever stops it keeps what there is. */
public final class Measurement {
    private static final String IGNORE_LOCK = "jmh.ignoreLock";

    /** Of the peers a cell may be missing: HOWL, for one, has stalled. */
    public record Missing(Cell cell, int round, String why) {
        public boolean isOurs() {
            return cell.peer().isEmpty();
        }
    }

    private final Plan plan;
    private final Home home;
    private final Path output;
    private final PrintWriter out;
    private final List<Missing> missing = new ArrayList<>();

    private Duration expectedSoFar = Duration.ZERO;

    public Measurement(Plan plan, Home home, Path output, PrintWriter out) {
        this.plan = plan;
        this.home = home;
        this.output = output;
        this.out = out;
    }

    /** What could not be measured. */
    public List<Missing> run() throws IOException, InterruptedException {
        Rounds rounds = new Rounds(Machine.note(home));
        Path temporary = Files.createTempDirectory(Files.createDirectories(home.results()), "cells");
        long begun = System.nanoTime();
        int number = 0;
        int all = plan.cells().stream()
                .mapToInt(cell -> Math.min(plan.rounds(), cell.rounds()))
                .sum();
        for (int round = 0; round < plan.rounds(); round++) {
            for (Cell cell : plan.ofRound(round)) {
                number++;
                Duration elapsed = Duration.ofNanos(System.nanoTime() - begun);
                out.printf(Locale.ROOT, "%d of %d: %s%s%n", number, all, cell.label(), left(elapsed));
                out.flush();
                measure(cell, round, rounds, temporary.resolve("cell-" + number));
                expectedSoFar = expectedSoFar.plus(cell.timing().expected());
            }
        }
        Files.delete(temporary);
        return List.copyOf(missing);
    }

    private void measure(Cell cell, int round, Rounds rounds, Path file) throws IOException, InterruptedException {
        Path json = Path.of(file + ".json");
        Path log = Path.of(file + ".log");
        Optional<String> failure =
                Child.run(command(cell, json), home.folder(), log, cell.timing().deadline());
        if (failure.isEmpty()) {
            rounds.add(json);
            rounds.write(output);
        } else {
            missing.add(new Missing(cell, round, failure.get()));
            out.println("  not measured: " + failure.get());
        }
        Files.deleteIfExists(json);
        Files.deleteIfExists(log);
    }

    private List<String> command(Cell cell, Path json) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
        if (Boolean.getBoolean(IGNORE_LOCK)) {
            command.add("-D" + IGNORE_LOCK + "=true");
        }
        command.addAll(List.of("-cp", classPath(cell), "org.openjdk.jmh.Main"));
        command.addAll(cell.arguments());
        command.addAll(List.of("-rf", "json", "-rff", json.toString()));
        return command;
    }

    private String classPath(Cell cell) {
        List<String> parts = new ArrayList<>();
        for (String part : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
            parts.add(Path.of(part).toAbsolutePath().toString());
        }
        cell.peer()
                .ifPresent(peer -> parts.add(home.classPathOf(peer).resolve("*").toString()));
        return String.join(File.pathSeparator, parts);
    }

    /** From how much longer than expected it has taken so far. */
    private String left(Duration elapsed) {
        double pace = expectedSoFar.isZero() ? 1 : (double) elapsed.toMillis() / expectedSoFar.toMillis();
        double minutes = pace
                * plan.expected().minus(expectedSoFar).toMillis()
                / Duration.ofMinutes(1).toMillis();
        return String.format(Locale.ROOT, " (%.1f minutes left)", minutes);
    }
}
