package dev.avow.engine.run;

import dev.avow.engine.Observer;
import dev.avow.engine.Outcome;
import dev.avow.engine.TransactionId;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The user's observer, whose failures have no consequence: what it was shown has happened, and the rest must follow. */
final class Observed {
    private static final Logger LOG = LoggerFactory.getLogger(Observed.class);

    private static final Observer.Call UNSEEN = failure -> {};

    private final Observer observer;
    private final boolean watches;

    Observed(Observer observer) {
        this.observer = observer;
        this.watches = observer != Observer.none();
    }

    /** Whether there is anybody to be shown anything. */
    boolean watches() {
        return watches;
    }

    void step(Observer.Step step) {
        shown(step.action(), step.id(), step.name(), () -> observer.observe(step));
    }

    void began(TransactionId id, String name) {
        if (watches) {
            shown("the beginning", id, name, () -> observer.began(id, name));
        }
    }

    void ended(Outcome outcome) {
        if (watches) {
            shown("the end", outcome.id(), outcome.name(), () -> observer.ended(outcome));
        }
    }

    /** Makes this call of a participant. */
    <T> T call(TransactionId id, String name, String participant, String message, Callable<T> call) throws Exception {
        if (!watches) {
            return call.call();
        }
        Observer.Call seen = calling(id, name, participant, message);
        Optional<Throwable> failed = Optional.empty();
        try {
            return call.call();
        } catch (Exception | Error failure) {
            failed = Optional.of(failure);
            throw failure;
        } finally {
            returned(seen, id, name, message, failed);
        }
    }

    /** A participant is about to be called. */
    Observer.Call calling(TransactionId id, String name, String participant, String message) {
        return watches
                ? shown(message, id, name, () -> observer.calling(id, name, participant, message), UNSEEN)
                : UNSEEN;
    }

    /** It was called in this thread, and answers in another. */
    void left(Observer.Call seen, TransactionId id, String name, String message) {
        if (seen != UNSEEN) {
            shown(message, id, name, seen::left);
        }
    }

    /** It has answered. */
    void returned(
            Observer.Call seen, TransactionId id, String name, String message, Optional<? extends Throwable> failure) {
        if (seen != UNSEEN) {
            shown(message, id, name, () -> seen.returned(failure.map(thrown -> thrown)));
        }
    }

    private static void shown(String what, TransactionId id, String name, Runnable showing) {
        var unused = shown(
                what,
                id,
                name,
                () -> {
                    showing.run();
                    return id;
                },
                id);
    }

    private static <T> T shown(String what, TransactionId id, String name, Supplier<T> showing, T otherwise) {
        try {
            return showing.get();
        } catch (RuntimeException | Error failure) {
            LOG.warn("The observer failed at {} of {} ({})", what, name, id, failure);
            return otherwise;
        }
    }
}
