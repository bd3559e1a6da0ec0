package dev.avow.servers;

import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Makes sure of the dead. */
final class Kills {
    private static final long DEADLINE_SECONDS = 60;

    /** A process that still ends may still write, and still holds its port. */
    static void awaitEnd(ProcessHandle process) {
        try {
            process.onExit().orTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException late) {
            throw new IllegalStateException(process + " survived SIGKILL", late);
        }
    }

    private Kills() {}
}
