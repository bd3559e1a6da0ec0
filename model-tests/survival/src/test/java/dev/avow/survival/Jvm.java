package dev.avow.survival;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Starts children. One lives for a second: quick to start is all that counts. */
final class Jvm {
    private static final long DEADLINE_SECONDS = 120;

    private final Path output;

    /** @param output where what children say is added */
    Jvm(Path output) {
        this.output = output;
    }

    Process start(List<Errand> errands) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xmx256m",
                "-cp",
                classPath(),
                Child.class.getName()));
        errands.forEach(errand -> command.addAll(errand.words()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .start();
    }

    /** Inside Surefire, the usual property names a jar that only points to the others. */
    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                .replace(File.pathSeparator + File.pathSeparator, File.pathSeparator);
    }

    /** Waits for its end, and gives its exit code. */
    int end(Process child) throws IOException, InterruptedException {
        try {
            if (!child.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a child hangs: " + said());
            }
            return child.exitValue();
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    String said() throws IOException {
        return Files.exists(output) ? Files.readString(output) : "nothing";
    }
}
