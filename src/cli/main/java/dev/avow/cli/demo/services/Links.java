package dev.avow.cli.demo.services;

import dev.avow.grpc.Identity;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import java.io.IOException;
import java.util.List;

/** How the processes reach each other, and as whom: in plain text, which goes no further than this machine. */
final class Links {
    private final Identity identity = Identity.plainText();

    static String address(int port) {
        return "localhost:" + port;
    }

    Identity identity() {
        return identity;
    }

    /** Serves these at this port, for as long as the process lives or until somebody shuts it down. */
    Server serve(int port, List<ServerServiceDefinition> services) throws IOException {
        return identity.server(port).addServices(services).build().start();
    }
}
