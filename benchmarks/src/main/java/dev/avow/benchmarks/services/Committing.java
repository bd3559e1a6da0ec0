package dev.avow.benchmarks.services;

import dev.avow.benchmarks.disk.Folders;
import dev.avow.engine.Avow;
import dev.avow.engine.Outcome;
import dev.avow.engine.Transaction;
import dev.avow.grpc.CoordinatorService;
import dev.avow.grpc.Identity;
import dev.avow.grpc.RemoteParticipant;
import io.grpc.ClientInterceptors;
import io.grpc.Server;
import io.grpc.util.MutableHandlerRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A coordinator with its log on the disk, and both services as its participants. */
@State(Scope.Benchmark)
public class Committing {
    private final Path log = Folders.create();
    private final List<RemoteParticipant> participants = new ArrayList<>();
    private final LongAdder begun = new LongAdder();
    private Optional<Avow> avow = Optional.empty();

    @Setup
    public void open(Services services) throws Exception {
        List<String> names = services.names();
        for (int service = 0; service < names.size(); service++) {
            participants.add(RemoteParticipant.of(names.get(service), services.channel(service)));
        }
        RemoteParticipant[] both = participants.toArray(RemoteParticipant[]::new);
        avow = Optional.of(Avow.open(log, both));
        introduce(services, both);
        services.warmUp(this::commitOne);
    }

    /** By one transaction with work of the services: they take orders only from a coordinator that has enlisted them. */
    private void introduce(Services services, RemoteParticipant[] both) throws IOException {
        Identity identity = Identity.plainText();
        MutableHandlerRegistry registry = new MutableHandlerRegistry();
        Server server =
                identity.server(0).fallbackHandlerRegistry(registry).build().start();
        CoordinatorService coordinator =
                CoordinatorService.of(avow.orElseThrow(), identity, "localhost:" + server.getPort(), both);
        var unused = registry.addService(coordinator.service());
        begun.increment();
        coordinator
                .transact("O001", transaction -> {
                    for (int service = 0; service < both.length; service++) {
                        Working.call(
                                ClientInterceptors.intercept(services.channel(service), coordinator.interceptor()));
                    }
                })
                .requireCommitted();
        server.shutdownNow();
    }

    public Outcome commitOne() {
        begun.increment();
        Transaction transaction = avow.orElseThrow().begin("O001");
        participants.forEach(transaction::enlist);
        return transaction.commit().requireCommitted();
    }

    /** A rate at which something was left out is none. */
    @TearDown
    public void close(Services services) throws IOException {
        avow.orElseThrow().close();
        participants.forEach(RemoteParticipant::close);
        Folders.delete(log);
        List<String> wanted = Collections.nCopies(2, begun + " prepared, " + begun + " committed");
        List<String> done = services.end();
        if (!done.equals(wanted)) {
            throw new IllegalStateException(begun + " transactions were committed, and the services say " + done);
        }
    }
}
