package dev.avow.engine.run;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;

/** What came back from one call of a participant: an answer or an exception. */
record Reply<T>(Branch branch, Optional<T> answer, Optional<Exception> failure) {

    static <T> Reply<T> of(Branch branch, Callable<T> call) {
        try {
            return new Reply<>(branch, Optional.of(call.call()), Optional.empty());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return failed(branch, interrupted);
        } catch (Exception failure) {
            return failed(branch, failure);
        } catch (Error defect) {
            return failed(branch, defect);
        }
    }

    /** What came later, in another thread than the call's. */
    static <T> Reply<T> of(Branch branch, Optional<T> answer, Optional<Throwable> failure) {
        return failure.map(thrown -> Reply.<T>failed(branch, thrown)).orElseGet(() -> of(branch, answer::orElseThrow));
    }

    /** It couldn't even be asked. */
    static <T> Reply<T> notStarted(Branch branch, Throwable why) {
        return failed(branch, new NotStartedException(branch.name(), why));
    }

    private static <T> Reply<T> failed(Branch branch, Throwable failure) {
        return new Reply<>(branch, Optional.empty(), Optional.of(asException(branch, failure)));
    }

    /** A participant's defect is its own: its transaction must still be decided, and whoever waits must hear. */
    private static Exception asException(Branch branch, Throwable failure) {
        if (failure instanceof CompletionException && failure.getCause() != null) {
            return asException(branch, failure.getCause());
        }
        return failure instanceof Exception exception
                ? exception
                : new IllegalStateException(branch.name() + " failed with " + failure, failure);
    }
}
