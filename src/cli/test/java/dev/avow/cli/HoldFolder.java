package dev.avow.cli;

import dev.avow.engine.DecisionLog;
import java.nio.file.Path;

/** A process that has a demo's folder open until its input ends. */
public final class HoldFolder {
    private HoldFolder() {}

    public static void main(String[] arguments) throws Exception {
        try (DecisionLog log = DecisionLog.open(Path.of(arguments[0]).resolve("log"))) {
            System.out.println("open as incarnation " + log.incarnation());
            while (System.in.read() >= 0) {
                // Until its input ends.
            }
        }
    }
}
