package dev.avow.benchmarks.services;

import dev.avow.benchmarks.disk.Folders;
import dev.avow.grpc.Identity;
import dev.avow.grpc.ParticipantOptions;
import dev.avow.grpc.ParticipantService;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The process of one participant. Says on which port it listens, works until its input ends, and says what it has done.
 */
final class ServiceMain {
    private ServiceMain() {}

    /** Expects the participant's name. */
    public static void main(String[] arguments) throws IOException {
        Idle participant = new Idle(arguments[0]);
        Identity identity = Identity.plainText();
        Path directory = Folders.create();
        ParticipantService service = ParticipantService.open(participant, ParticipantOptions.of(directory, identity));
        Server server = identity.server(0)
                .addService(service.service())
                .addService(ServerInterceptors.intercept(
                        Working.service(() -> ParticipantService.transaction().enlist(participant)),
                        service.interceptor()))
                .addService(Bare.service())
                .build()
                .start();
        System.out.println(server.getPort());
        while (System.in.read() >= 0) {
            // Nothing is expected but the end.
        }
        System.out.println(participant);
        server.shutdownNow();
        service.close();
        Folders.delete(directory);
    }
}
