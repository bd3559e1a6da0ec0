package dev.avow.spring.boot;

import dev.avow.engine.Avow;
import dev.avow.engine.HeuristicRecord;
import dev.avow.engine.Pending;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;

/** Down while a participant has waited for too long to be told, or a contradiction waits for a person. */
final class AvowHealthIndicator extends AbstractHealthIndicator {
    private final Avow coordinator;
    private final Duration pendingFor;

    AvowHealthIndicator(Avow coordinator, Duration pendingFor) {
        super("Avow's coordinator can't be asked");
        this.coordinator = coordinator;
        this.pendingFor = pendingFor;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        List<Pending> pending = coordinator.pending();
        List<Pending> late = pending.stream()
                .filter(each -> each.older() || each.age().compareTo(pendingFor) >= 0)
                .toList();
        List<HeuristicRecord> heuristics = coordinator.heuristics();
        health.status(late.isEmpty() && heuristics.isEmpty() ? "UP" : "DOWN")
                .withDetail("pending", pending.size())
                .withDetail("heuristics", heuristics.size());
        if (!late.isEmpty()) {
            health.withDetail(
                    "late", late.stream().map(AvowHealthIndicator::said).toList());
        }
        if (!heuristics.isEmpty()) {
            health.withDetail(
                    "contradictions",
                    heuristics.stream().map(AvowHealthIndicator::said).toList());
        }
    }

    private static String said(Pending each) {
        return each.task() + " " + each.name()
                + each.id().map(id -> " (" + id + ")").orElse("") + " at \"" + each.participant() + "\""
                + each.failure().map(why -> ": " + why).orElse("");
    }

    private static String said(HeuristicRecord each) {
        return each.name() + " (" + each.id() + ") at \"" + each.participant() + "\": decided " + each.decided()
                + ", and it was to " + each.decision();
    }
}
