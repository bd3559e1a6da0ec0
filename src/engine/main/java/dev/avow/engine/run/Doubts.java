package dev.avow.engine.run;

import dev.avow.engine.Pending;
import dev.avow.engine.Pending.Task;
import dev.avow.engine.TransactionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What looks at one participant couldn't settle, for whoever asks what is pending. */
final class Doubts {
    /** Something that was tried in vain. */
    private record Doubt(Task task, String name, long sinceNanos, int attempts, String failure) {
        Doubt again(String newFailure) {
            return new Doubt(task, name, sinceNanos, attempts + 1, newFailure);
        }
    }

    /** A look that takes longer is worth a person's attention. */
    private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** Guarded by this, like all below. */
    private final Map<TransactionId, Doubt> branches = new LinkedHashMap<>();

    private Optional<Doubt> looks = Optional.empty();
    private Optional<Long> nextNanos = Optional.empty();
    private Optional<Long> lookingSinceNanos = Optional.empty();

    synchronized void branchFailed(Task task, TransactionId id, String name, Exception failure, long nowNanos) {
        String words = Words.of(failure);
        branches.merge(id, new Doubt(task, name, nowNanos, 1, words), (known, unused) -> known.again(words));
    }

    synchronized void branchSettled(TransactionId id) {
        branches.remove(id);
    }

    /** All others have been settled meanwhile. */
    synchronized void retain(Collection<TransactionId> inDoubt) {
        branches.keySet().retainAll(inDoubt);
    }

    synchronized void lookFailed(Throwable failure, long nowNanos) {
        lookingSinceNanos = Optional.empty();
        String words = Words.of(failure);
        looks = Optional.of(
                looks.map(known -> known.again(words)).orElse(new Doubt(Task.LOOK, "", nowNanos, 1, words)));
    }

    synchronized void lookEnded() {
        lookingSinceNanos = Optional.empty();
        looks = Optional.empty();
    }

    synchronized void planned(long atNanos) {
        nextNanos = Optional.of(atNanos);
    }

    synchronized void begun(long nowNanos) {
        nextNanos = Optional.empty();
        lookingSinceNanos = Optional.of(nowNanos);
    }

    synchronized List<Pending> pending(String participant, long nowNanos) {
        List<Pending> pending = new ArrayList<>();
        branches.forEach((id, doubt) -> pending.add(pending(Optional.of(id), participant, doubt, nowNanos)));
        // A look that fails because of a branch has that one's words: they stand above.
        looks.filter(unused -> branches.isEmpty())
                .ifPresent(doubt -> pending.add(pending(Optional.empty(), participant, doubt, nowNanos)));
        lookingSinceNanos
                .filter(since -> pending.isEmpty() && nowNanos - since >= LONG_NANOS)
                .ifPresent(since -> pending.add(hanging(participant, nowNanos - since)));
        return pending;
    }

    /** It has been asked, and is silent. */
    private static Pending hanging(String participant, long nanos) {
        return new Pending(
                Task.LOOK,
                Optional.empty(),
                "",
                participant,
                Duration.ofNanos(nanos),
                false,
                Optional.empty(),
                1,
                Optional.empty(),
                Optional.empty());
    }

    private Pending pending(Optional<TransactionId> id, String participant, Doubt doubt, long nowNanos) {
        return new Pending(
                doubt.task,
                id,
                doubt.name,
                participant,
                Duration.ofNanos(nowNanos - doubt.sinceNanos),
                false,
                Optional.empty(),
                doubt.attempts,
                Optional.of(doubt.failure),
                nextNanos.map(at -> Duration.ofNanos(Math.max(0, at - nowNanos))));
    }
}
