package dev.avow.grpc;

import dev.avow.engine.TransactionId;
import dev.avow.protocol.Ending;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An observer whose exceptions have no consequence. Safe for any number of threads, if it is. */
record Watching(ServiceObserver observer) implements ServiceObserver {
    private static final Logger LOG = LoggerFactory.getLogger(Watching.class);

    static final Watching NOBODY = new Watching(new ServiceObserver() {});

    Watching and(ServiceObserver next) {
        return new Watching(isNobody() ? next : observer.andThen(next));
    }

    /** Then nothing needs to be found out for it. */
    boolean isNobody() {
        return equals(NOBODY);
    }

    private static <T> Optional<T> safely(Supplier<T> call) {
        try {
            return Optional.of(call.get());
        } catch (RuntimeException failure) {
            LOG.warn("An observer has failed", failure);
            return Optional.empty();
        }
    }

    private static void tell(Runnable call) {
        var unused = safely(() -> {
            call.run();
            return call;
        });
    }

    private static Call safe(Supplier<Call> begun) {
        Optional<Call> order = safely(begun);
        return answer -> order.ifPresent(under -> tell(() -> under.ended(answer)));
    }

    @Override
    public Call telling(TransactionId id, String participant, String message, Map<String, String> trace) {
        return safe(() -> observer.telling(id, participant, message, trace));
    }

    @Override
    public Call carryingOut(TransactionId id, String participant, String message, Map<String, String> trace) {
        return safe(() -> observer.carryingOut(id, participant, message, trace));
    }

    @Override
    public Runnable working(TransactionId id) {
        Optional<Runnable> left = safely(() -> observer.working(id));
        return () -> left.ifPresent(Watching::tell);
    }

    @Override
    public void askedCoordinator(String participant, boolean replied) {
        tell(() -> observer.askedCoordinator(participant, replied));
    }

    @Override
    public void askedPeer(String participant, boolean knew) {
        tell(() -> observer.askedPeer(participant, knew));
    }

    @Override
    public void endedByPeer(String participant, TransactionId id, Ending ending) {
        tell(() -> observer.endedByPeer(participant, id, ending));
    }
}
