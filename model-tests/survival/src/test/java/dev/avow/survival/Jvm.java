package dev.avow.survival;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts children. One lives for a second: quick to start is all that counts. */
final class Jvm {
    /** No exit code. */
    static final int HANGS = -1;

    private static final long DEADLINE_SECONDS = 120;
    private static final int LAST_LINES = 30;

    private final Path output;

    /** @param output where what children say is added */
    Jvm(Path output) {
        this.output = output;
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    Process start(List<Errand> errands) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(java(), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
        command.addAll(ChildClasses.packed().options());
        command.add(Child.class.getName());
        errands.forEach(errand -> command.addAll(errand.words()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .start();
    }

    /** Waits for its end, and gives its exit code, or {@link #HANGS}. */
    int end(Process child) throws InterruptedException {
        try {
            return child.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS) ? child.exitValue() : HANGS;
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    /** The last lines of it. */
    String said() {
        try {
            List<String> lines = Files.exists(output) ? Files.readAllLines(output) : List.of();
            return "the children said, in " + output.toAbsolutePath() + ":\n"
                    + String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (IOException unreadable) {
            return "what the children said can't be read: " + unreadable;
        }
    }
}
