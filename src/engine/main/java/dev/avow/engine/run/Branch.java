package dev.avow.engine.run;

import dev.avow.engine.BranchEnding;
import dev.avow.engine.BranchOutcome;
import dev.avow.engine.Participant;
import dev.avow.protocol.Vote;
import java.util.Optional;

/** One participant's part, as its coordinator sees it. Guarded by the lock of whatever drives it. */
final class Branch {
    private final int number;
    private final Participant participant;
    private Optional<Vote> vote = Optional.empty();
    private BranchEnding ending = BranchEnding.UNKNOWN;
    private Optional<Exception> failure = Optional.empty();

    Branch(int number, Participant participant) {
        this.number = number;
        this.participant = participant;
    }

    int number() {
        return number;
    }

    Participant participant() {
        return participant;
    }

    String name() {
        return participant.name();
    }

    Optional<Vote> vote() {
        return vote;
    }

    BranchEnding ending() {
        return ending;
    }

    void voted(Vote cast) {
        vote = Optional.of(cast);
    }

    void ended(BranchEnding how) {
        ending = how;
    }

    void failed(Exception cause) {
        failure = Optional.of(cause);
    }

    BranchOutcome outcome() {
        return new BranchOutcome(name(), vote, ending, failure);
    }
}
