package dev.avow.protocol;

import java.util.Optional;
import java.util.stream.Stream;

/** Steps of the specification that the code takes only after one that the specification doesn't see. */
enum Excuse {
    HEARS_OF_THE_DAMAGE_FIRST(
            "CoordinatorSendForget",
            "an incarnation that lives while another one reports a contradiction hears of it by a ReceiveDamage of its own");

    private final String action;
    private final String reason;

    Excuse(String action, String reason) {
        this.action = action;
        this.reason = reason;
    }

    static Optional<Excuse> of(String label) {
        return Stream.of(values())
                .filter(excuse -> label.startsWith(excuse.action + "("))
                .findFirst();
    }

    String action() {
        return action;
    }

    String reason() {
        return reason;
    }
}
