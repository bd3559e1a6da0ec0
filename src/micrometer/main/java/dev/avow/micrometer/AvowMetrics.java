package dev.avow.micrometer;

import dev.avow.engine.AbortCause;
import dev.avow.engine.AvowOptions;
import dev.avow.engine.LogObserver;
import dev.avow.engine.Observer;
import dev.avow.engine.Outcome;
import dev.avow.engine.TransactionId;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * A coordinator's meters:
 *
 * <table>
 * <caption>names as Micrometer's; a registry writes them in its own way</caption>
 * <tr><td>{@code avow.transactions}</td><td>timer, from begin to outcome; {@code outcome}: committed, aborted, in_doubt or
 *     heuristic; {@code cause}: that of an abort ({@link AbortCause}), else none</td></tr>
 * <tr><td>{@code avow.in.doubt}</td><td>transactions now whose participants may be in doubt: the commit is decided and not
 *     yet acknowledged by all, or the log has failed so that only the next incarnation can tell</td></tr>
 * <tr><td>{@code avow.in.doubt.oldest}</td><td>for how long this process has known of the oldest; 0 if there is none</td></tr>
 * <tr><td>{@code avow.log.force}</td><td>timer: writing and forcing one batch of the decision log</td></tr>
 * <tr><td>{@code avow.log.batch}</td><td>summary: the records in such a batch</td></tr>
 * <tr><td>{@code avow.recovery.attempts}</td><td>counter: decisions told again, or told by recovery</td></tr>
 * </table>
 *
 * <p>Use one for each coordinator. Safe for any number of threads; costs two map operations for each transaction.
 */
public final class AvowMetrics {
    private static final String IN_DOUBT = "avow.in.doubt";
    private static final String OLDEST = "avow.in.doubt.oldest";

    private final MeterRegistry registry;
    private final Tags tags;
    private final Timer force;
    private final DistributionSummary batch;
    private final Counter attempts;
    private final Map<TransactionId, Long> beganNanos = new ConcurrentHashMap<>();
    /** Since when. */
    private final Map<TransactionId, Long> inDoubtNanos = new ConcurrentHashMap<>();
    /** Decided here and not yet told for the first time. */
    private final Set<TransactionId> untold = ConcurrentHashMap.newKeySet();

    /** Registers the meters, with a tag {@code coordinator} of this value: an application may have several. */
    public AvowMetrics(MeterRegistry registry, String coordinator) {
        this.registry = registry;
        this.tags = Tags.of("coordinator", coordinator);
        this.force = Timer.builder("avow.log.force")
                .description("writing and forcing one batch of the decision log")
                .tags(tags)
                .register(registry);
        this.batch = DistributionSummary.builder("avow.log.batch")
                .description("records that one force has made durable")
                .baseUnit("records")
                .tags(tags)
                .register(registry);
        this.attempts = Counter.builder("avow.recovery.attempts")
                .description("decisions told again, or told by recovery")
                .tags(tags)
                .register(registry);
        // Those of an earlier coordinator of this name would stay and show what was.
        registry.find(IN_DOUBT).tags(tags).meters().forEach(registry::remove);
        registry.find(OLDEST).tags(tags).meters().forEach(registry::remove);
        Gauge.builder(IN_DOUBT, inDoubtNanos, Map::size)
                .description("transactions whose participants don't all know the decision yet")
                .tags(tags)
                .strongReference(true)
                .register(registry);
        TimeGauge.builder(OLDEST, this, TimeUnit.NANOSECONDS, AvowMetrics::oldestNanos)
                .description("for how long the oldest transaction has been in doubt")
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    /** These options, seen by the meters too: whoever observed before still does. */
    public AvowOptions observing(AvowOptions options) {
        LogObserver before = options.log().observer();
        LogObserver log = (records, nanos) -> {
            force.record(nanos, TimeUnit.NANOSECONDS);
            batch.record(records);
            before.forced(records, nanos);
        };
        return options.withObserver(new Meters().andThen(options.observer()))
                .withLog(options.log().withObserver(log));
    }

    private long nowNanos() {
        return registry.config().clock().monotonicTime();
    }

    private double oldestNanos() {
        long nowNanos = nowNanos();
        return inDoubtNanos.values().stream()
                .mapToLong(since -> nowNanos - since)
                .max()
                .orElse(0);
    }

    private final class Meters implements Observer {
        @Override
        public void began(TransactionId id, String name) {
            beganNanos.put(id, nowNanos());
        }

        @Override
        public void observe(Step step) {
            switch (step.action()) {
                case "CoordinatorDecideCommit" -> untold.add(step.id());
                case "CoordinatorSendCommit" -> told(step);
                case "CoordinatorForget" -> inDoubtNanos.remove(step.id());
                case "CoordinatorAnswer" -> attempts.increment();
                default -> {} // of no meaning for a meter
            }
        }

        private void told(Step step) {
            inDoubtNanos.putIfAbsent(step.id(), nowNanos());
            if (!untold.remove(step.id())) {
                attempts.increment();
            }
        }

        @Override
        public void ended(Outcome outcome) {
            Optional<Long> began = Optional.ofNullable(beganNanos.remove(outcome.id()));
            began.ifPresent(since -> timer(outcome).record(nowNanos() - since, TimeUnit.NANOSECONDS));
            // Of a single participant this coordinator never hears more: the outcome's own count tells of it.
            if (outcome instanceof Outcome.InDoubt && outcome.branches().size() > 1) {
                inDoubtNanos.putIfAbsent(outcome.id(), nowNanos());
            }
        }

        private Timer timer(Outcome outcome) {
            Tags ended = tags.and("outcome", word(outcome), "cause", cause(outcome));
            return Timer.builder("avow.transactions")
                    .description("transactions, from begin to outcome")
                    .tags(ended)
                    .register(registry);
        }
    }

    static String word(Outcome outcome) {
        if (outcome instanceof Outcome.Committed) {
            return "committed";
        }
        if (outcome instanceof Outcome.Aborted) {
            return "aborted";
        }
        return outcome instanceof Outcome.InDoubt ? "in_doubt" : "heuristic";
    }

    static String cause(Outcome outcome) {
        return outcome instanceof Outcome.Aborted aborted ? aborted.why().name().toLowerCase(Locale.ROOT) : "none";
    }
}
