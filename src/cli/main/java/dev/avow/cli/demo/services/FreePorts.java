package dev.avow.cli.demo.services;

import dev.avow.cli.terminal.Complaint;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of this machine that nobody has. */
final class FreePorts {
    /**
     * Below those that clients are given: while a service is down, one that tries to reach it could otherwise be given the
     * service's own port.
     */
    private static final int LOWEST = 20_000;

    private static final int HIGHEST = 32_000;
    private static final int ATTEMPTS = 100;

    private FreePorts() {}

    /** One for each process. */
    static Map<Victim, Integer> pick() {
        Map<Victim, Integer> ports = new EnumMap<>(Victim.class);
        for (Victim victim : Victim.values()) {
            ports.put(victim, pickBeside(ports.values()));
        }
        return ports;
    }

    private static int pickBeside(Collection<Integer> taken) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
            if (!taken.contains(port) && isFree(port)) {
                return port;
            }
        }
        throw Complaint.failed("no free port was found from " + LOWEST + " to " + HIGHEST);
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
