package dev.avow.benchmarks.services;

import dev.avow.grpc.contract.Answer;
import dev.avow.grpc.contract.Commit;
import dev.avow.grpc.contract.Order;
import dev.avow.grpc.contract.Prepare;
import dev.avow.grpc.contract.TransactionId;
import io.grpc.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;

/** What a transaction of two services sends and hears, with neither a coordinator nor a participant: no log, no states. */
public abstract class RoundTrips {
    private final List<Told> told = new ArrayList<>();

    /** One of the services. */
    @FunctionalInterface
    interface Told {
        Future<Answer> tell(Order.Builder order);
    }

    void connect(Services services, Function<Channel, Told> way) throws Exception {
        for (int service = 0; service < services.names().size(); service++) {
            told.add(way.apply(services.channel(service)));
        }
        services.warmUp(() -> both(() -> {}));
    }

    /** Prepare at both, and then commit. */
    public void both(Work between) throws Exception {
        TransactionId id = TransactionId.newBuilder()
                .setHigh(ThreadLocalRandom.current().nextLong())
                .setLow(ThreadLocalRandom.current().nextLong())
                .build();
        phase(() -> Order.newBuilder().setTransaction(id).setPrepare(Prepare.getDefaultInstance()));
        between.run();
        phase(() -> Order.newBuilder().setTransaction(id).setCommit(Commit.getDefaultInstance()));
    }

    private void phase(Supplier<Order.Builder> order) throws Exception {
        List<Future<Answer>> answers = new ArrayList<>(told.size());
        for (Told each : told) {
            answers.add(each.tell(order.get()));
        }
        for (Future<Answer> answer : answers) {
            answer.get();
        }
    }
}
