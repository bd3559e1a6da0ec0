package dev.avow.servers;

import java.io.IOException;

/** What every server's own process does. */
final class ServerMain {
    static final String READY = "ready";

    /** Tells the process that has started this one, and ends as soon as that one has ended. */
    static void serve() throws IOException {
        System.out.println(READY);
        while (System.in.read() >= 0) {
            // Nobody says anything: the stream ends with its writer.
        }
        Runtime.getRuntime().halt(0);
    }

    private ServerMain() {}
}
