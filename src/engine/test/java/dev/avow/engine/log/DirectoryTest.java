package dev.avow.engine.log;

import static dev.avow.engine.log.Samples.assertSays;
import static dev.avow.engine.log.Samples.commit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.avow.engine.DecisionLog;
import dev.avow.engine.LogInUseException;
import dev.avow.engine.LogInspection;
import dev.avow.engine.LogUnusableException;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose directory is it? */
final class DirectoryTest {

    @TempDir
    Path directory;

    /** Started in another process: opens, or says why not. */
    static final class Other {

        public static void main(String[] arguments) {
            try (DecisionLog log = DecisionLog.open(Path.of(arguments[0]))) {
                System.out.println("opened " + log.incarnation());
            } catch (LogInUseException e) {
                System.out.println("in use by " + e.pid() + " in " + e.directory());
            }
        }

        private Other() {}
    }

    private String otherProcess() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Other.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output.strip();
    }

    @Test
    void another_process_is_refused_by_name_even_after_this_one_was_refused_and_inspected() throws Exception {
        long pid = ProcessHandle.current().pid();
        try (DecisionLog log = DecisionLog.open(directory)) {
            log.appendCommit(commit(1));
            for (int attempt = 0; attempt < 3; attempt++) {
                assertThrows(LogInUseException.class, () -> DecisionLog.open(directory));
            }
            // POSIX drops a process's lock when any of its descriptors of the file is closed.
            assertEquals(List.of(commit(1)), LogInspection.of(directory).unfinished());
            assertEquals("in use by " + pid + " in " + directory, otherProcess());
            log.appendCommit(commit(2));
        }
        assertEquals("opened 2", otherProcess());
    }

    /** Opens with a copy of the classes, as another web application of the same server does. */
    private String otherClassLoader() throws Exception {
        List<URL> classPath = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            classPath.add(Path.of(entry).toUri().toURL());
        }
        try (URLClassLoader loader =
                new URLClassLoader(classPath.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
            Method open = loader.loadClass(DecisionLog.class.getName()).getMethod("open", Path.class);
            try {
                Object log = open.invoke(null, directory);
                log.getClass().getMethod("close").invoke(log);
                return "opened " + log.getClass().getSimpleName();
            } catch (InvocationTargetException refused) {
                return refused.getTargetException().getClass().getSimpleName();
            }
        }
    }

    @Test
    void another_class_loader_of_this_process_is_refused_and_costs_the_holder_no_lock() throws Exception {
        try (DecisionLog log = DecisionLog.open(directory)) {
            for (int attempt = 0; attempt < 3; attempt++) {
                assertEquals("LogInUseException", otherClassLoader());
            }
            String pid = String.valueOf(ProcessHandle.current().pid());
            assertEquals("in use by " + pid + " in " + directory, otherProcess());
            log.appendCommit(commit(1));
        }
        assertEquals("opened FileDecisionLog", otherClassLoader());
        assertEquals("opened 3", otherProcess());
    }

    @Test
    void a_second_opening_in_this_process_is_refused_by_name_whatever_the_path_looks_like() throws IOException {
        try (DecisionLog log = DecisionLog.open(directory)) {
            for (Path path : List.of(directory, directory.resolve("../" + directory.getFileName()))) {
                LogInUseException refused = assertThrows(LogInUseException.class, () -> DecisionLog.open(path));
                assertEquals(ProcessHandle.current().pid(), refused.pid());
                assertSays(refused, directory.getFileName().toString(), "this process");
            }
            log.appendCommit(commit(1));
        }
        DecisionLog.open(directory).close();
    }

    @Test
    void a_failed_opening_lets_go_of_the_lock() throws IOException {
        Files.writeString(directory.resolve("incarnation"), "not a log");
        assertThrows(LogUnusableException.class, () -> DecisionLog.open(directory));
        Files.delete(directory.resolve("incarnation"));
        DecisionLog.open(directory).close();
    }

    @Test
    void a_file_in_place_of_the_directory_is_refused() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        assertSays(
                assertThrows(LogUnusableException.class, () -> DecisionLog.open(file)),
                file.toString(),
                "isn't a directory");
        assertThrows(LogUnusableException.class, () -> DecisionLog.open(file.resolve("below")));
        assertThrows(LogUnusableException.class, () -> LogInspection.of(file));
    }

    @Test
    void a_directory_that_holds_something_else_is_refused_and_left_alone() throws IOException {
        Path foreign = directory.resolve("incarnation");
        Files.writeString(foreign, "the incarnation of something else");
        assertSays(assertThrows(LogUnusableException.class, () -> DecisionLog.open(directory)), foreign.toString());
        assertEquals("the incarnation of something else", Files.readString(foreign));
        assertThrows(LogUnusableException.class, () -> LogInspection.of(directory));
    }

    @Test
    void files_of_others_are_left_alone() throws IOException {
        Files.createDirectory(directory.resolve("lost+found"));
        Files.writeString(directory.resolve("notes.avow"), "mine");
        DecisionLog.open(directory).close();
        DecisionLog.open(directory).close();
        assertTrue(Files.exists(directory.resolve("notes.avow")));
        assertFalse(LogInspection.of(directory).files().contains("notes.avow"));
    }

    @Test
    void a_participants_log_is_not_opened_as_a_decision_log() {
        RecordLog.open(directory, LogKind.PARTICIPANT, Samples.SMALL, new RecordingState())
                .close();
        assertSays(
                assertThrows(LogUnusableException.class, () -> DecisionLog.open(directory)),
                directory.toString(),
                "decision log");
    }

    @Test
    void a_newer_incarnation_file_is_refused_by_its_format() throws IOException {
        byte[] content = new byte[Incarnations.FLAGS_POSITION];
        byte[] slot = new Incarnations.Slot(LogKind.DECISIONS.magic(), 3, 5, 6, 7).encode();
        System.arraycopy(slot, 0, content, 0, slot.length);
        Files.write(directory.resolve("incarnation"), content);
        assertSays(assertThrows(LogUnusableException.class, () -> DecisionLog.open(directory)), "format 3", "newer");
    }

    @Test
    void a_directory_that_may_not_be_written_is_refused() throws IOException {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            assumeFalse(Files.isWritable(directory), "root may write everywhere, so there is nothing to see");
            assertSays(
                    assertThrows(LogUnusableException.class, () -> DecisionLog.open(directory)),
                    directory.toString(),
                    "rights");
        } finally {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void an_empty_or_missing_directory_has_nothing_to_inspect() {
        assertSays(
                assertThrows(LogUnusableException.class, () -> LogInspection.of(directory)), "no log in " + directory);
        assertThrows(LogUnusableException.class, () -> LogInspection.of(directory.resolve("missing")));
    }
}
