package dev.avow.engine.run;

import dev.avow.engine.AbortCause;
import java.util.Optional;

/**
 * Why a transaction can't be committed.
 *
 * @param reason in words
 * @param failure the exception behind it, if there is one
 */
record Objection(AbortCause cause, String reason, Optional<Exception> failure) {
    Objection(AbortCause cause, String reason) {
        this(cause, reason, Optional.empty());
    }
}
