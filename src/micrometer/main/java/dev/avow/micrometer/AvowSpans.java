package dev.avow.micrometer;

import dev.avow.engine.AvowOptions;
import dev.avow.engine.Observer;
import dev.avow.engine.Outcome;
import dev.avow.engine.TransactionId;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Spans through Micrometer's Observation API, which a tracing bridge hands to OpenTelemetry or another tracer:
 * {@code avow.transaction} from begin to outcome, a child of whatever the application's thread is in; and within it
 * {@code avow.branch} for each call of a participant, with a scope of its own, so that a database's spans nest below it.
 * Calls by recovery stand alone and carry the transaction's id.
 *
 * <p>Low-cardinality keys: {@code avow.outcome} and {@code avow.cause}; {@code avow.participant} and {@code avow.message}.
 * High-cardinality: {@code avow.id} and {@code avow.name}. Safe for any number of threads.
 */
public final class AvowSpans {
    private final ObservationRegistry registry;
    private final Map<TransactionId, Observation> transactions = new ConcurrentHashMap<>();

    public AvowSpans(ObservationRegistry registry) {
        this.registry = registry;
    }

    /** These options, seen by the tracer too: whoever observed before still does. */
    public AvowOptions observing(AvowOptions options) {
        return options.withObserver(new Spans().andThen(options.observer()));
    }

    /** The span of this transaction, from its begin until it has ended: for what else is to be nested in it. */
    public Optional<Observation> transaction(TransactionId id) {
        return Optional.ofNullable(transactions.get(id));
    }

    private final class Spans implements Observer {
        @Override
        public void observe(Step step) {
            Optional.ofNullable(transactions.get(step.id()))
                    .ifPresent(transaction -> transaction.event(Observation.Event.of(step.action())));
        }

        @Override
        public void began(TransactionId id, String name) {
            transactions.put(id, named("avow.transaction", id, name).start());
        }

        @Override
        public void ended(Outcome outcome) {
            Optional.ofNullable(transactions.remove(outcome.id())).ifPresent(transaction -> {
                transaction.lowCardinalityKeyValue("avow.outcome", AvowMetrics.word(outcome));
                transaction.lowCardinalityKeyValue("avow.cause", AvowMetrics.cause(outcome));
                failure(outcome).ifPresent(transaction::error);
                transaction.stop();
            });
        }

        private Optional<Exception> failure(Outcome outcome) {
            if (outcome instanceof Outcome.Aborted aborted) {
                return aborted.cause();
            }
            return outcome instanceof Outcome.InDoubt inDoubt ? inDoubt.cause() : Optional.empty();
        }

        @Override
        public Call calling(TransactionId id, String name, String participant, String message) {
            Observation branch = named("avow.branch", id, name)
                    .contextualName(message + " " + participant)
                    .lowCardinalityKeyValue("avow.participant", participant)
                    .lowCardinalityKeyValue("avow.message", message);
            Observation started = transaction(id)
                    .map(above -> within(above, branch.parentObservation(above)))
                    .orElseGet(branch::start);
            return new Branch(branch, started.openScope());
        }

        /** A tracer takes the span in whose scope the thread is, such as the request's, rather than the parent that it is told. */
        private Observation within(Observation above, Observation branch) {
            Observation.Scope scope = above.openScope();
            try {
                return branch.start();
            } finally {
                scope.close();
            }
        }

        private Observation named(String what, TransactionId id, String name) {
            return Observation.createNotStarted(what, registry)
                    .highCardinalityKeyValue("avow.id", id.toString())
                    .highCardinalityKeyValue("avow.name", name);
        }
    }

    private static final class Branch implements Observer.Call {
        private final Observation branch;
        /** Of the thread that calls: none once it has gone on to other things. */
        private Optional<Observation.Scope> scope;

        Branch(Observation branch, Observation.Scope scope) {
            this.branch = branch;
            this.scope = Optional.of(scope);
        }

        @Override
        public void left() {
            scope.ifPresent(Observation.Scope::close);
            scope = Optional.empty();
        }

        @Override
        public void returned(Optional<Throwable> failure) {
            failure.ifPresent(branch::error);
            left();
            branch.stop();
        }
    }
}
