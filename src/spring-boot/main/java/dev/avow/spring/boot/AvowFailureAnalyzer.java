package dev.avow.spring.boot;

import dev.avow.engine.LogException;
import dev.avow.xa.UnfitResourceException;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/** A start that fails for a database or for the log is told in their words, not in a stack trace. */
final class AvowFailureAnalyzer implements FailureAnalyzer {
    @Override
    @SuppressWarnings("NullAway") // null: "not mine", as Spring Boot has it
    public FailureAnalysis analyze(Throwable failure) {
        return Stream.iterate(Optional.of(failure), Optional::isPresent, each -> each.map(Throwable::getCause))
                .flatMap(Optional::stream)
                .flatMap(each -> analyzed(each).stream())
                .findFirst()
                .orElse(null);
    }

    private static Optional<FailureAnalysis> analyzed(Throwable failure) {
        if (failure instanceof UnfitResourceException) {
            return Optional.of(new FailureAnalysis(
                    String.valueOf(failure.getMessage()),
                    "See avow.databases, or the database's own settings.",
                    failure));
        }
        return failure instanceof LogException
                ? Optional.of(new FailureAnalysis(
                        "The log of Avow's coordinator can't be opened: " + failure.getMessage(),
                        "See avow.log. A test with a context of its own needs a log of its own, such as"
                                + " target/avow/${random.uuid}.",
                        failure))
                : Optional.empty();
    }
}
