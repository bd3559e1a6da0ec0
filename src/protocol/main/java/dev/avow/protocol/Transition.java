package dev.avow.protocol;

import java.util.List;

/**
 * The outcome of one step.
 *
 * @param next the state after the step
 * @param effects what must be carried out, in this order, before the next step
 */
public record Transition<S>(S next, List<Effect> effects) {
    public Transition {
        effects = List.copyOf(effects);
    }

    static <S> Transition<S> to(S next) {
        return new Transition<>(next, List.of());
    }

    static <S> Transition<S> to(S next, Effect only) {
        return new Transition<>(next, List.of(only));
    }

    static <S> Transition<S> to(S next, Effect first, Effect second) {
        return new Transition<>(next, List.of(first, second));
    }
}
