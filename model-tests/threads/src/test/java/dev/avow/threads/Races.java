package dev.avow.threads;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jcstress.Main;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.DiskReadCollector;
import org.openjdk.jcstress.infra.collectors.InProcessCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;

/**
 * One run of jcstress, in a process of its own, and what it has written.
 *
 * @param folder where its console and its report are
 * @param exitCode 1 if a result was forbidden
 * @param results one for each race and way to compile it
 */
record Races(Path folder, int exitCode, Collection<TestResult> results) {
    private static final long MOST_HOURS = 6;

    /** Runs those whose full names match. */
    static Races run(String folderName, String tests) throws IOException, InterruptedException {
        Path folder = Path.of("target", "jcstress", folderName);
        empty(folder);
        Path console = folder.resolve("console.txt");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home", ""), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path", ""),
                Main.class.getName(),
                "-v",
                "-r",
                "report",
                // Few at a time: each is set up and audited at some cost, and an iteration ends only between them.
                "-strideSize",
                "8",
                "-strideCount",
                "8",
                "-spinStyle",
                "THREAD_YIELD",
                "-t",
                tests));
        command.addAll(List.of(System.getProperty("avow.stress", "-m quick").split(" ")));
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(console.toFile())
                .start();
        try {
            assertTrue(process.waitFor(MOST_HOURS, TimeUnit.HOURS), () -> "it doesn't end: see " + console);
        } finally {
            process.destroyForcibly();
        }
        return new Races(folder, process.exitValue(), read(folder));
    }

    private static void empty(Path folder) throws IOException {
        Files.createDirectories(folder);
        try (Stream<Path> old = Files.walk(folder)) {
            old.sorted(Comparator.reverseOrder())
                    .filter(path -> !path.equals(folder))
                    .map(Path::toFile)
                    .forEach(Races::delete);
        }
    }

    private static void delete(File file) {
        assertTrue(file.delete(), () -> file + " can't be deleted");
    }

    private static Collection<TestResult> read(Path folder) throws IOException {
        InProcessCollector collector = new InProcessCollector();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".bin.gz")).toList()) {
                DiskReadCollector reader = new DiskReadCollector(file.toString(), collector);
                reader.dump();
                reader.close();
            }
        } catch (ClassNotFoundException e) {
            throw new IOException(e);
        }
        return collector.getTestResults();
    }

    /** The races that gave at least one sample in every way to compile them. */
    Set<String> completed() {
        Set<String> completed =
                results.stream().map(TestResult::getName).collect(Collectors.toCollection(TreeSet::new));
        results.stream()
                .filter(result -> result.getTotalCount() == 0)
                .forEach(result -> completed.remove(result.getName()));
        return completed;
    }

    /** What jcstress has to say against each: forbidden results, errors, processes that broke down. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        for (TestResult result : results) {
            result.grading().failureMessages.forEach(message -> complaints.add(result.getName() + ": " + message));
            if (result.status() != Status.NORMAL) {
                complaints.add(result.getName() + ": " + result.status() + " " + result.getMessages());
            }
        }
        return complaints;
    }

    /** How often this result came. */
    long count(String outcome) {
        return results.stream().mapToLong(result -> result.getCount(outcome)).sum();
    }

    /** The races whose full names match, as compiled: the list that jcstress made for itself may be short of one. */
    static Set<String> compiled(String tests) throws IOException {
        Path classes = Path.of("target", "classes");
        Pattern wanted = Pattern.compile(tests);
        try (Stream<Path> files = Files.walk(classes.resolve("dev/avow/threads"))) {
            return files.map(file -> classes.relativize(file).toString())
                    .filter(file -> file.endsWith(".class"))
                    .map(file ->
                            file.substring(0, file.length() - ".class".length()).replace(File.separatorChar, '.'))
                    .filter(name -> wanted.matcher(name).find() && isRace(name))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static boolean isRace(String name) {
        try {
            return Class.forName(name, false, Races.class.getClassLoader()).isAnnotationPresent(JCStressTest.class);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }
}
