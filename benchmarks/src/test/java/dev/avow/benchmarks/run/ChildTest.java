package dev.avow.benchmarks.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildTest {
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final String JAVA =
            Path.of(System.getProperty("java.home", ""), "bin", "java").toString();

    @TempDir
    private Path folder;

    /** Waits for ever, in a process of its own that does the same. */
    static final class Sleeper {
        private Sleeper() {}

        public static void main(String[] arguments) throws IOException, InterruptedException {
            if (arguments.length > 0) {
                Process other = new ProcessBuilder(sleeper()).start();
                Files.writeString(Path.of(arguments[0]), String.valueOf(other.pid()));
            }
            new CountDownLatch(1).await();
        }
    }

    private static List<String> sleeper() {
        return List.of(JAVA, "-cp", System.getProperty("java.class.path", ""), Sleeper.class.getName());
    }

    private Optional<String> run(List<String> command, Duration deadline) throws IOException, InterruptedException {
        return Child.run(command, folder, folder.resolve("output"), deadline);
    }

    @Test
    void a_process_that_ends_well_has_nothing_to_say() throws Exception {
        assertEquals(Optional.empty(), run(List.of(JAVA, "-version"), LONG));
    }

    @Test
    void a_process_that_fails_says_why() throws Exception {
        String why = run(List.of(JAVA, "no.such.Class"), LONG).orElseThrow();
        assertTrue(why.contains("ended with 1") && why.contains("no.such.Class"), why);
    }

    @Test
    void at_the_deadline_it_is_killed_with_all_that_it_has_started() throws Exception {
        Path pid = folder.resolve("pid");
        List<String> command = new ArrayList<>(sleeper());
        command.add(pid.toString());
        String why = run(command, Duration.ofSeconds(5)).orElseThrow();
        assertTrue(why.contains("within 5 s"), why);
        Optional<ProcessHandle> other = ProcessHandle.of(Long.parseLong(Files.readString(pid)));
        other.ifPresent(process -> process.onExit().join());
        assertFalse(other.map(ProcessHandle::isAlive).orElse(false));
    }

    @Test
    void a_peer_without_jars_is_missing() throws Exception {
        Home home = new Home(folder);
        Files.createDirectories(home.classPathOf("empty"));
        Files.createFile(Files.createDirectories(home.classPathOf("built")).resolve("one.jar"));
        assertEquals(java.util.Set.of("empty", "absent"), home.missing(java.util.Set.of("empty", "absent", "built")));
    }

    @Test
    void the_module_is_found_from_the_root_and_from_itself() throws Exception {
        Path module = folder.resolve("benchmarks");
        Files.createDirectories(module.resolve("src/main/java/dev/avow/benchmarks"));
        assertEquals(module, Home.find(folder).folder());
        assertEquals(module, Home.find(module).folder());
    }
}
