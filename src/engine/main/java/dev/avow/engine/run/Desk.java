package dev.avow.engine.run;

import dev.avow.engine.DecisionLog;
import dev.avow.engine.Pending;
import dev.avow.engine.Resolution;
import dev.avow.engine.TransactionId;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a person sees what is left to do, and decides about what can't go on by itself. */
final class Desk {
    private static final Logger LOG = LoggerFactory.getLogger(Desk.class);

    private final Engine engine;
    private final DecisionLog log;

    Desk(Engine engine, DecisionLog log) {
        this.engine = engine;
        this.log = log;
    }

    /** What is still to be done, at this moment. */
    List<Pending> pending(Recovery recovery) {
        long nowNanos = engine.nanoTime();
        Stream<Pending> commits =
                engine.tellings().all().stream().flatMap(telling -> telling.pending(nowNanos).stream());
        return Stream.of(
                        commits,
                        recovery.pending(nowNanos).stream(),
                        engine.undecided().pending())
                .flatMap(each -> each)
                .toList();
    }

    void settle(TransactionId id, String participant) {
        if (log.heuristics().stream()
                .noneMatch(known -> known.id().equals(id) && known.participant().equals(participant))) {
            throw new IllegalArgumentException("no contradiction of \"" + participant + "\" in " + id
                    + " is left to be settled: heuristics() lists those that are");
        }
        log.settleHeuristic(id, participant);
    }

    Resolution settle(Resolution resolution) {
        Resolution written = log.appendResolution(resolution);
        LOG.warn(
                "{} ({}) at \"{}\" is resolved as {} by {}{}: {}",
                written.name(),
                written.id(),
                written.participant(),
                written.decision(),
                written.who(),
                written.forced() ? ", against the decision" : "",
                written.why());
        // Only now that it is durable: what follows lets the commit be forgotten. (ForgetAfterAcks)
        engine.tellings().of(written.id()).ifPresent(telling -> telling.resolved(written.participant()));
        return written;
    }
}
