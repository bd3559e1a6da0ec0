package dev.avow.grpc;

import dev.avow.engine.TransactionId;
import java.io.IOException;

/** Somebody speaks for a coordinator whose number is bound to another identity. */
final class ForeignNumberException extends IOException {
    private static final long serialVersionUID = 1L;

    ForeignNumberException(long coordinator, String bound, String claimed) {
        super("the transactions of coordinator "
                + TransactionId.of(coordinator, 0, 0).coordinatorText() + " are \"" + bound + "\"'s, and \"" + claimed
                + "\" may not speak for them");
    }
}
