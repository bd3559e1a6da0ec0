package dev.avow.grpc;

import io.grpc.BindableService;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.services.HealthStatusManager;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The standard health service of one server, {@code grpc.health.v1.Health}: what orchestrators and load balancers ask. A
 * participant is SERVING while it is open and can say what it is in doubt about; a coordinator, while it takes transactions: it
 * is open, and its log hasn't failed. They are asked about by the contract's names, {@code avow.v1.ParticipantService} and
 * {@code avow.v1.CoordinatorService}; the empty name is SERVING if both are, or whichever of them is there. Safe for any number
 * of threads.
 */
public final class Health implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Health.class);
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final Identity identity;
    private final Duration interval;
    private final HealthStatusManager manager = new HealthStatusManager();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "avow-health");
        thread.setDaemon(true);
        return thread;
    });
    /** Whether each was well when it was last looked at. Guarded by this. */
    private final Map<String, Boolean> serving = new TreeMap<>();

    private volatile boolean closed;

    private Health(Identity identity, Duration interval) {
        this.identity = identity;
        this.interval = interval;
        manager.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, ServingStatus.NOT_SERVING);
    }

    /** {@link #of(Identity, Duration)} every 5 seconds. */
    public static Health of(Identity identity) {
        return of(identity, INTERVAL);
    }

    /**
     * Of nothing yet.
     *
     * @param identity who may ask: those that it trusts. For others, such as an orchestrator without a certificate, serve it on
     *     another port by an {@link Identity#plainText()}
     * @param interval how often each is looked at, and how long its answer may take; a participant's database is asked each time
     * @throws IllegalArgumentException if the interval isn't positive
     */
    public static Health of(Identity identity, Duration interval) {
        if (interval.isNegative() || interval.isZero()) {
            throw new IllegalArgumentException("the interval of health is " + interval + ": give it more than 0");
        }
        return new Health(identity, interval);
    }

    /** From now on, of this one, too. */
    public Health of(ParticipantService participant) {
        return watching("avow.v1.ParticipantService", () -> {
            participant.requireServing();
            return true;
        });
    }

    /** From now on, of this one, too. */
    public Health of(CoordinatorService coordinator) {
        return watching("avow.v1.CoordinatorService", coordinator::isServing);
    }

    private Health watching(String service, Callable<Boolean> probe) {
        if (!begins(service)) {
            throw new IllegalArgumentException(
                    "the health of an " + service + " is told already: a server has one, with a Health of its own");
        }
        look(service, probe);
        return this;
    }

    private synchronized boolean begins(String service) {
        boolean isNew = serving.putIfAbsent(service, false) == null;
        show();
        return isNew;
    }

    /** One at a time: where a database hangs, no more is asked of it until it has answered. */
    private void look(String service, Callable<Boolean> probe) {
        if (closed) {
            return;
        }
        CompletableFuture<Boolean> looked = CompletableFuture.supplyAsync(() -> called(probe), threads);
        var unusedShown = looked.copy()
                .orTimeout(interval.toNanos(), TimeUnit.NANOSECONDS)
                .whenComplete((isServing, failure) -> changed(service, failure == null && isServing, failure + ""));
        var unusedNext = looked.whenCompleteAsync(
                (isServing, failure) -> look(service, probe),
                CompletableFuture.delayedExecutor(interval.toNanos(), TimeUnit.NANOSECONDS));
    }

    private static boolean called(Callable<Boolean> probe) {
        try {
            return probe.call();
        } catch (Exception failure) {
            throw new CompletionException(failure);
        }
    }

    private synchronized void changed(String service, boolean isServing, String why) {
        boolean was = Boolean.TRUE.equals(serving.put(service, isServing));
        if (was && !isServing && !closed) {
            LOG.warn("{} of this server isn't serving any more: {}", service, why);
        } else if (!was && isServing) {
            LOG.info("{} of this server is serving", service);
        }
        show();
    }

    private void show() {
        serving.forEach((service, isServing) -> manager.setStatus(service, status(isServing)));
        manager.setStatus(
                HealthStatusManager.SERVICE_NAME_ALL_SERVICES,
                status(serving.values().stream().allMatch(each -> each)));
    }

    private static ServingStatus status(boolean isServing) {
        return isServing ? ServingStatus.SERVING : ServingStatus.NOT_SERVING;
    }

    /** To be added to the server. */
    public BindableService service() {
        return identity.guarded(manager.getHealthService());
    }

    /** NOT_SERVING from now on, for good: to be called before anything else of the server is closed. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        manager.enterTerminalState();
        threads.shutdown();
    }
}
