package dev.avow.grpc;

import dev.avow.engine.TransactionId;
import dev.avow.protocol.Ending;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** Two observers, one after the other; each sees everything, also if the other fails. */
record BothServiceObservers(Watching first, Watching second) implements ServiceObserver {
    BothServiceObservers(ServiceObserver first, ServiceObserver second) {
        this(new Watching(first), new Watching(second));
    }

    /** Scopes close in the reverse order. */
    private Call both(Function<Watching, Call> shown) {
        Call ofFirst = shown.apply(first);
        Call ofSecond = shown.apply(second);
        return answer -> {
            ofSecond.ended(answer);
            ofFirst.ended(answer);
        };
    }

    private void tell(Consumer<Watching> shown) {
        shown.accept(first);
        shown.accept(second);
    }

    @Override
    public Call telling(TransactionId id, String participant, String message, Map<String, String> trace) {
        return both(each -> each.telling(id, participant, message, trace));
    }

    @Override
    public Call carryingOut(TransactionId id, String participant, String message, Map<String, String> trace) {
        return both(each -> each.carryingOut(id, participant, message, trace));
    }

    @Override
    public Runnable working(TransactionId id) {
        Runnable ofFirst = first.working(id);
        Runnable ofSecond = second.working(id);
        return () -> {
            ofSecond.run();
            ofFirst.run();
        };
    }

    @Override
    public void askedCoordinator(String participant, boolean replied) {
        tell(each -> each.askedCoordinator(participant, replied));
    }

    @Override
    public void askedPeer(String participant, boolean knew) {
        tell(each -> each.askedPeer(participant, knew));
    }

    @Override
    public void endedByPeer(String participant, TransactionId id, Ending ending) {
        tell(each -> each.endedByPeer(participant, id, ending));
    }
}
