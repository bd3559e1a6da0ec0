package dev.avow.benchmarks.engine;

import dev.avow.engine.Avow;
import dev.avow.engine.AvowOptions;
import dev.avow.engine.Outcome;
import dev.avow.engine.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A coordinator without a disk, and its participants. */
public final class Coordinating implements AutoCloseable {
    private final List<Idle> participants = new ArrayList<>();
    private final Avow avow;

    public Coordinating(int participants) {
        for (int number = 0; number < participants; number++) {
            this.participants.add(new Idle("participant" + number));
        }
        AvowOptions options = AvowOptions.defaults().withWorkTimeout(Duration.ofDays(1));
        avow = Avow.open(new VolatileLog(), options, this.participants);
    }

    /** Over all participants. */
    public Outcome commitOne() {
        try (Transaction transaction = begin()) {
            return transaction.commit().requireCommitted();
        }
    }

    /** Over all participants, at work. */
    public Transaction begin() {
        Transaction transaction = avow.begin("O001");
        for (Idle participant : participants) {
            transaction.enlist(participant);
        }
        return transaction;
    }

    @Override
    public void close() {
        avow.close();
    }
}
