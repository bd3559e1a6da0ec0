package dev.avow.cli.demo.services;

import dev.avow.cli.demo.Order;
import dev.avow.cli.demo.ParentWatch;
import dev.avow.cli.demo.PaymentRefusedException;
import dev.avow.engine.Participant;
import dev.avow.grpc.ParticipantOptions;
import dev.avow.grpc.ParticipantService;
import dev.avow.xa.XaParticipant;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.UnaryOperator;

/** The process of the order service or of the payment service. */
public final class ServiceProcess {
    private final Part part;
    private final ServiceDatabase database;
    private final Links links = new Links();
    private final XaParticipant participant;
    private final ParticipantService transactions;

    private ServiceProcess(
            Part part, ServiceDatabase database, Path book, String shop, UnaryOperator<Participant> around) {
        this.part = part;
        this.database = database;
        this.participant = XaParticipant.of(part.participant(), database.xaDataSource());
        this.transactions = ParticipantService.open(
                around.apply(participant),
                ParticipantOptions.of(book, links.identity())
                        .withWorkTimeout(Timing.WORK_TIMEOUT)
                        .withPatience(Timing.PATIENCE)
                        .withSilence(Timing.PATIENCE)
                        // Callers name it: no other than the shop's is believed.
                        .withCoordinators(shop::equals));
    }

    /**
     * Serves until the process is killed or its parent ends. Says on its output when it is ready.
     *
     * @param book the folder in which it keeps whom it works for
     * @param port where
     * @param shop the address of the only coordinator that it takes orders from
     * @param around what that coordinator meets instead of the database itself
     */
    public static void run(
            Part part,
            ServiceDatabase database,
            Path book,
            int port,
            String shop,
            UnaryOperator<Participant> around,
            InputStream parent,
            PrintStream out)
            throws SQLException, IOException, InterruptedException {
        ParentWatch.haltWithParent(parent);
        new ServiceProcess(part, database, book, shop, around).serve(port, out);
    }

    private void serve(int port, PrintStream out) throws SQLException, IOException, InterruptedException {
        // Stays open: H2 would close its file with the last connection.
        try (Connection open = database.connect()) {
            part.create(open);
            Server server = links.serve(
                    port,
                    List.of(
                            transactions.service().bindService(),
                            ServerInterceptors.intercept(Calls.serving(part, this::work), transactions.interceptor())));
            out.println(Lines.READY);
            out.flush();
            server.awaitTermination();
        }
    }

    /** On the connection of the caller's transaction, which enlists this service before anything is done. */
    private void work(Order order) throws SQLException, PaymentRefusedException {
        part.work(participant.connection(ParticipantService.transaction()), order);
    }
}
