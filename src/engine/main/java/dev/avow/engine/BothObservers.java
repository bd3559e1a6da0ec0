package dev.avow.engine;

import java.util.Optional;
import java.util.function.Consumer;

/** Two observers, one after the other. */
record BothObservers(Observer first, Observer second) implements Observer {
    static final Observer NONE = step -> {};

    private void both(Consumer<Observer> shown) {
        try {
            shown.accept(first);
        } finally {
            shown.accept(second);
        }
    }

    @Override
    public void observe(Step step) {
        both(observer -> observer.observe(step));
    }

    @Override
    public void began(TransactionId id, String name) {
        both(observer -> observer.began(id, name));
    }

    @Override
    public void ended(Outcome outcome) {
        both(observer -> observer.ended(outcome));
    }

    @Override
    public Call calling(TransactionId id, String name, String participant, String message) {
        Call firstCall = calling(first, id, name, participant, message);
        Call secondCall = calling(second, id, name, participant, message);
        return new BothCalls(firstCall, secondCall);
    }

    private record BothCalls(Call first, Call second) implements Call {
        /** Scopes close in the reverse order. */
        private void reversed(Consumer<Call> shown) {
            try {
                shown.accept(second);
            } finally {
                shown.accept(first);
            }
        }

        @Override
        public void returned(Optional<Throwable> failure) {
            reversed(call -> call.returned(failure));
        }

        @Override
        public void left() {
            reversed(Call::left);
        }
    }

    /** One that fails here fails at the return: whatever the other has opened for this call must be closed. */
    private static Call calling(Observer observer, TransactionId id, String name, String participant, String message) {
        try {
            return observer.calling(id, name, participant, message);
        } catch (RuntimeException failure) {
            return unused -> {
                throw failure;
            };
        } catch (Error failure) {
            return unused -> {
                throw failure;
            };
        }
    }
}
