package dev.avow.engine.participant;

import dev.avow.engine.TransactionId;
import dev.avow.protocol.DiskRecord;
import dev.avow.protocol.Effect;
import dev.avow.protocol.Ending;
import dev.avow.protocol.Message;
import dev.avow.protocol.Participant;
import dev.avow.protocol.ParticipantState;
import dev.avow.protocol.ParticipantStep;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a participant knows of its branches in this life of its process, for the others that take part in the same
 * transactions: while the coordinator is silent they ask (cooperative termination; Bernstein, Hadzilacos &amp; Goodman,
 * "Concurrency Control and Recovery in Database Systems", 1987, section 7.4).
 *
 * <p>Whoever drives the participant tells each step here, once its effects are carried out; that decides nothing. What isn't
 * here is lost, and nothing is answered about it. (PeersNeverPresume) The newest endings are kept, the others dropped. Safe
 * for any number of threads.
 */
public final class PeerKnowledge {
    /** For a participant with 1,000 transactions a second the last minute. */
    private static final int MOST_ENDED = 1 << 16;

    /** Branches are numbered where several meet; here is one, and another that asks. */
    private static final int HERE = 0;

    private static final int ASKING = 1;

    private static final ParticipantStep ANSWER = new ParticipantStep.AnswerPeer(ASKING);

    private final Map<TransactionId, Participant> branches = new ConcurrentHashMap<>();
    /** Oldest first. */
    private final Queue<TransactionId> ended = new ConcurrentLinkedQueue<>();

    private final AtomicInteger endedCount = new AtomicInteger();

    /** The application works here for this transaction, and its coordinator knows. */
    public void works(TransactionId id) {
        branches.putIfAbsent(id, Participant.working(HERE));
    }

    /** This transaction was found in doubt after a restart. */
    public void found(TransactionId id) {
        branches.putIfAbsent(id, Participant.recovered(HERE, DiskRecord.PREPARED));
    }

    /** Takes this step, unless the specification has no such step where the branch stands; returns whether it did. */
    public boolean take(TransactionId id, ParticipantStep step) {
        while (true) {
            Optional<Participant> known = Optional.ofNullable(branches.get(id)).filter(branch -> branch.allows(step));
            if (known.isEmpty()) {
                return false;
            }
            Participant next = known.get().step(step).next();
            if (branches.replace(id, known.get(), next)) {
                if (next.state() != known.get().state()) {
                    tidy(id, next.state());
                }
                return true;
            }
        }
    }

    private void tidy(TransactionId id, ParticipantState state) {
        switch (state) {
            case COMMITTED, ABORTED -> remember(id);
            // It neither knows anything that would help the others, nor waits for anything.
            case LOST, READ_ONLY, MIXED -> branches.remove(id);
            case DOWN, WORKING, PREPARED, HEURISTIC_COMMITTED, HEURISTIC_ABORTED -> {}
        }
    }

    private void remember(TransactionId id) {
        ended.add(id);
        if (endedCount.incrementAndGet() > MOST_ENDED) {
            endedCount.decrementAndGet();
            Optional.ofNullable(ended.poll()).ifPresent(branches::remove);
        }
    }

    /** The participant holds nothing of it any more. An ending that is known stays so. */
    public void lost(TransactionId id) {
        branches.computeIfPresent(id, (unused, branch) -> branch.allows(ANSWER) ? branch : null);
    }

    /** What another participant may be told of this transaction. (ParticipantAnswerPeer) */
    public Optional<Ending> answer(TransactionId id) {
        return Optional.ofNullable(branches.get(id))
                .filter(branch -> branch.allows(ANSWER))
                .flatMap(branch -> branch.step(ANSWER).effects().stream()
                        .map(effect -> ((Message.PeerAnswer) ((Effect.Send) effect).message()).ending())
                        .findFirst());
    }

    /** Whether it has voted yes, or may have, and doesn't know the decision. */
    public boolean isInDoubt(TransactionId id) {
        return allows(id, new ParticipantStep.AskPeers());
    }

    /** Whether it hasn't voted, and so may still abort. */
    public boolean mayRefuse(TransactionId id) {
        return allows(id, new ParticipantStep.Refuse());
    }

    private boolean allows(TransactionId id, ParticipantStep step) {
        return Optional.ofNullable(branches.get(id))
                .filter(branch -> branch.allows(step))
                .isPresent();
    }

    /** All that are in doubt, in their order. */
    public List<TransactionId> inDoubt() {
        return branches.keySet().stream().filter(this::isInDoubt).sorted().toList();
    }
}
