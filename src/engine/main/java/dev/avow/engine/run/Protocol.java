package dev.avow.engine.run;

import dev.avow.engine.Observer;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.Coordinator;
import dev.avow.protocol.CoordinatorState;
import dev.avow.protocol.CoordinatorStep;
import dev.avow.protocol.Effect;
import dev.avow.protocol.Transition;
import java.util.List;
import java.util.Optional;

/**
 * The protocol's state of one transaction, and the only way to change it: a step, whose effects are carried out in their
 * order before the state counts. Guarded by the lock of whatever drives the transaction.
 */
final class Protocol {
    private final TransactionId id;
    private final String name;
    private final Observed observed;
    private Coordinator state;
    /** For those who look without the lock. */
    private volatile CoordinatorState shown;

    Protocol(TransactionId id, String name, Observed observed, Coordinator state) {
        this.id = id;
        this.name = name;
        this.observed = observed;
        this.state = state;
        this.shown = state.state();
    }

    CoordinatorState shown() {
        return shown;
    }

    Coordinator state() {
        return state;
    }

    boolean allows(CoordinatorStep step) {
        return state.allows(step);
    }

    boolean hasAcknowledged(Branch branch) {
        return state.acks().contains(branch.number());
    }

    void take(CoordinatorStep step, Effect.Hands hands) {
        take(step, hands, Optional.empty(), "");
    }

    void take(CoordinatorStep step, Effect.Hands hands, Optional<Branch> branch, String detail) {
        Transition<Coordinator> transition = state.step(step);
        List<Effect> effects = transition.effects();
        for (int i = 0; i < effects.size(); i++) {
            effects.get(i).carriedOutBy(hands);
        }
        state = transition.next();
        if (shown != state.state()) {
            shown = state.state();
        }
        if (observed.watches()) {
            observed.step(new Observer.Step(id, name, step.action(), branch.map(Branch::name), detail, state.state()));
        }
    }
}
