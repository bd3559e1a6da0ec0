package dev.avow.cli.demo.services;

import dev.avow.cli.demo.Order;
import dev.avow.cli.demo.Sighting;
import dev.avow.engine.Avow;
import dev.avow.engine.AvowOptions;
import dev.avow.engine.Outcome;
import dev.avow.engine.Transaction;
import dev.avow.engine.TransactionId;
import dev.avow.grpc.CoordinatorService;
import dev.avow.grpc.RemoteParticipant;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The shop: places an order with the order service and its payment with the payment service, both or neither. */
final class ServicesShop {
    private final Avow avow;
    private final CoordinatorService coordinator;
    private final Channel orders;
    private final Channel payments;
    private final Consumer<String> out;

    private ServicesShop(
            Avow avow,
            CoordinatorService coordinator,
            RemoteParticipant ordering,
            RemoteParticipant paying,
            Consumer<String> out) {
        this.avow = avow;
        this.coordinator = coordinator;
        this.orders = ClientInterceptors.intercept(ordering.channel(), coordinator.interceptor());
        this.payments = ClientInterceptors.intercept(paying.channel(), coordinator.interceptor());
        this.out = out;
    }

    /** @param out hears each step as a line */
    static ServicesShop open(Path log, int port, String orders, String payments, Consumer<String> out)
            throws IOException {
        Links links = new Links();
        RemoteParticipant ordering = participant(Part.ORDERS, orders, links);
        RemoteParticipant paying = participant(Part.PAYMENTS, payments, links);
        AvowOptions options = AvowOptions.defaults()
                .withRetries(Timing.FIRST_RETRY, Timing.MOST_BETWEEN_RETRIES)
                .withObserver(step -> out.accept(saw(Sighting.of(step))));
        Avow avow = Avow.open(log, options, List.of(ordering, paying));
        CoordinatorService coordinator =
                CoordinatorService.of(avow, links.identity(), Links.address(port), ordering, paying);
        // For as long as the process lives.
        var unused = links.serve(port, List.of(coordinator.service().bindService()));
        return new ServicesShop(avow, coordinator, ordering, paying, out);
    }

    private static RemoteParticipant participant(Part part, String address, Links links) {
        return RemoteParticipant.at(part.participant(), address, links.identity(), part.participant(), Timing.PATIENCE);
    }

    /**
     * What became of an order.
     *
     * @param words for people
     */
    record Placed(Ending ending, String words) {}

    /**
     * Places an order, which this shop may have placed before: if it was killed then, only its log knows what has become of
     * it. So it is looked up first, by its name, and placed only if it has no outcome, or was aborted.
     */
    Placed place(Order order) {
        return switch (avow.outcomeOf(order.id())) {
            case COMMITTED, COMMITTING -> new Placed(Ending.COMMITTED, "as the log says");
            case HEURISTIC -> new Placed(Ending.HEURISTIC, "see avow log");
            case RUNNING -> new Placed(Ending.UNKNOWN, "it is still being decided");
            case NO_RECORD, ABORTED -> begin(order);
        };
    }

    private Placed begin(Order order) {
        try {
            Outcome outcome = coordinator.transact(order.id(), transaction -> {
                Calls.ask(orders, Part.ORDERS, order);
                saw(transaction.id(), Sighting.WORK, Part.ORDERS.participant(), "insert order " + order.id());
                pay(transaction, order);
                saw(transaction.id(), Sighting.COMMIT, "", "");
            });
            saw(outcome.id(), Sighting.OUTCOME, "", outcome.getClass().getSimpleName());
            return placed(outcome);
        } catch (StatusRuntimeException failed) {
            // The work has failed, and the transaction is aborted.
            boolean refused = failed.getStatus().getCode() == Status.Code.FAILED_PRECONDITION;
            return new Placed(
                    refused ? Ending.REFUSED : Ending.ABORTED,
                    failed.getStatus().toString());
        } catch (IllegalStateException failed) {
            return new Placed(Ending.ABORTED, String.valueOf(failed.getMessage()));
        }
    }

    private void pay(Transaction transaction, Order order) {
        String work = "pay " + order.amount() + " for " + order.id();
        Calls.ask(payments, Part.PAYMENTS, order);
        saw(transaction.id(), Sighting.WORK, Part.PAYMENTS.participant(), work);
    }

    private static Placed placed(Outcome outcome) {
        if (outcome instanceof Outcome.Committed) {
            return new Placed(Ending.COMMITTED, "");
        }
        if (outcome instanceof Outcome.Aborted aborted) {
            return new Placed(Ending.ABORTED, aborted.reason());
        }
        if (outcome instanceof Outcome.InDoubt inDoubt) {
            return new Placed(Ending.UNKNOWN, inDoubt.reason());
        }
        return new Placed(Ending.HEURISTIC, outcome.toString());
    }

    private void saw(TransactionId id, String action, String participant, String detail) {
        out.accept(saw(Sighting.application(id, action, participant, detail)));
    }

    private static String saw(Sighting sighting) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        return Lines.of(Lines.SAW, Long.toString(micros), sighting.toLine());
    }

    /**
     * Waits until everybody has been told everything, and closes the coordinator: the ends of its transactions are in its log
     * then. Says what is left, if that takes too long.
     */
    Optional<String> settle() throws InterruptedException {
        if (!avow.awaitRecovered(Timing.SETTLING)) {
            return Optional.of("unfinished: " + avow.unfinished() + ", pending: " + avow.pending());
        }
        avow.close();
        return Optional.empty();
    }
}
