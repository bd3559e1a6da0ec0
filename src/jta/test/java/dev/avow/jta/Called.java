package dev.avow.jta;

import jakarta.transaction.Synchronization;

/** A synchronization of two lambdas. They throw whatever they like, as those of other JVM languages do. */
record Called(Before before, After after) implements Synchronization {
    @FunctionalInterface
    interface Before {
        void call() throws Throwable;
    }

    @FunctionalInterface
    interface After {
        void call(int status) throws Throwable;
    }

    static Called before(Before before) {
        return new Called(before, status -> {});
    }

    static Called after(After after) {
        return new Called(() -> {}, after);
    }

    @Override
    public void beforeCompletion() {
        try {
            before.call();
        } catch (Throwable thrown) {
            Called.<RuntimeException>sneak(thrown);
        }
    }

    @Override
    public void afterCompletion(int status) {
        try {
            after.call(status);
        } catch (Throwable thrown) {
            Called.<RuntimeException>sneak(thrown);
        }
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void sneak(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
