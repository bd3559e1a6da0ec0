package dev.avow.survival;

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
