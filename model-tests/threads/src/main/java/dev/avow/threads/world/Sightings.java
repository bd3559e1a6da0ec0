package dev.avow.threads.world;

import dev.avow.engine.Observer;
import dev.avow.engine.TransactionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The steps of each expected transaction, in lists that are safe for one thread at a time. */
public final class Sightings implements Observer {
    /** What is seen of a commit with two participants. */
    public static final List<String> OF_A_COMMIT = List.of(
            "CoordinatorSendPrepare",
            "CoordinatorReceiveVote",
            "CoordinatorReceiveVote",
            "CoordinatorDecideCommit",
            "CoordinatorSendCommit",
            "CoordinatorReceiveAck",
            "CoordinatorReceiveAck",
            "CoordinatorForget");

    private final Map<TransactionId, List<String>> seen = new ConcurrentHashMap<>();

    public void expect(TransactionId id) {
        seen.put(id, new ArrayList<>());
    }

    @Override
    public void observe(Step step) {
        Optional.ofNullable(seen.get(step.id())).ifPresent(steps -> steps.add(step.action()));
    }

    /** What was seen by now. */
    public List<String> take(TransactionId id) {
        return Optional.ofNullable(seen.remove(id)).orElse(List.of());
    }
}
