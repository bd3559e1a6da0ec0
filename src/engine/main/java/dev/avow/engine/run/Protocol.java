package dev.avow.engine.run;

import dev.avow.engine.Observer;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.Coordinator;
import dev.avow.protocol.CoordinatorStep;
import dev.avow.protocol.Effect;
import dev.avow.protocol.Transition;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The protocol's state of one transaction, and the only way to change it: a step, whose effects are carried out in their
 * order before the state counts. Guarded by the lock of whatever drives the transaction.
 */
final class Protocol {
    private static final Logger LOG = LoggerFactory.getLogger(Protocol.class);

    private final TransactionId id;
    private final String name;
    private final Observer observer;
    private Coordinator state;

    Protocol(TransactionId id, String name, Observer observer, Coordinator state) {
        this.id = id;
        this.name = name;
        this.observer = observer;
        this.state = state;
    }

    Coordinator state() {
        return state;
    }

    boolean allows(CoordinatorStep step) {
        return state.allows(step);
    }

    void take(CoordinatorStep step, Effect.Hands hands) {
        take(step, hands, Optional.empty(), "");
    }

    void take(CoordinatorStep step, Effect.Hands hands, Optional<Branch> branch, String detail) {
        Transition<Coordinator> transition = state.step(step);
        for (Effect effect : transition.effects()) {
            effect.carriedOutBy(hands);
        }
        state = transition.next();
        observe(new Observer.Step(id, name, step.action(), branch.map(Branch::name), detail, state.state()));
    }

    private void observe(Observer.Step step) {
        try {
            observer.observe(step);
        } catch (RuntimeException | Error failure) {
            // The step is taken: whatever the observer thinks of it, what follows from it must happen.
            LOG.warn("The observer failed at {} of {} ({})", step.action(), name, id, failure);
        }
    }
}
