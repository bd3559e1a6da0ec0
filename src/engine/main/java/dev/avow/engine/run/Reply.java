package dev.avow.engine.run;

import java.util.Optional;
import java.util.concurrent.Callable;

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
            // A participant's defect is its own: its transaction must still be decided, and whoever waits must hear.
            return failed(branch, new IllegalStateException(branch.name() + " failed with " + defect, defect));
        }
    }

    /** It couldn't even be asked. */
    static <T> Reply<T> notStarted(Branch branch, Throwable why) {
        return failed(branch, new NotStartedException(branch.name(), why));
    }

    private static <T> Reply<T> failed(Branch branch, Exception failure) {
        return new Reply<>(branch, Optional.empty(), Optional.of(failure));
    }
}
