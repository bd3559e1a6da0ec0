package dev.avow.services.micrometer;

import dev.avow.engine.TransactionId;
import dev.avow.grpc.Identity;
import dev.avow.grpc.ParticipantService;
import dev.avow.grpc.Refusals;
import dev.avow.grpc.ServiceObserver;
import dev.avow.protocol.Ending;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * A process's meters as a service among others:
 *
 * <table>
 * <caption>names as Micrometer's; a registry writes them in its own way</caption>
 * <tr><td>{@code avow.orders.told}</td><td>timer, at the coordinator, from an order to its answer; {@code participant}, {@code
 *     message} (prepare, onePhase, commit, abort or forget) and {@code answer}: the words of {@link Answer}</td></tr>
 * <tr><td>{@code avow.orders.carried.out}</td><td>timer, at the participant; the same tags</td></tr>
 * <tr><td>{@code avow.branches.open}</td><td>branches now that no coordinator has ordered anything for; {@code
 *     participant}</td></tr>
 * <tr><td>{@code avow.branches.in.doubt}</td><td>branches now that are promised and wait for a decision; {@code
 *     participant}</td></tr>
 * <tr><td>{@code avow.inquiries}</td><td>counter: questions about those; {@code participant}, {@code of}: coordinator or peer,
 *     {@code reply}: replied or silent; a peer that replies without knowing a decision counts as silent</td></tr>
 * <tr><td>{@code avow.branches.ended.by.peers}</td><td>counter: branches that were ended by what another participant knew;
 *     {@code participant}, {@code ending}: committed or aborted</td></tr>
 * <tr><td>{@code avow.refusals}</td><td>counter: what was refused to others; {@code identity}, {@code kind}: {@link
 *     Refusals.Kind} in lower case</td></tr>
 * </table>
 *
 * <p>Use one for each process. Safe for any number of threads.
 */
public final class ServiceMetrics implements ServiceObserver {
    private static final String OPEN = "avow.branches.open";
    private static final String IN_DOUBT = "avow.branches.in.doubt";
    private static final String REFUSALS = "avow.refusals";
    private static final String PARTICIPANT = "participant";

    private final MeterRegistry registry;

    public ServiceMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** This identity, whose refusals are counted here from now on, and whose services are seen: to be used instead of it. */
    public Identity observing(Identity identity) {
        for (Refusals.Kind kind : Refusals.Kind.values()) {
            Tags tags = Tags.of("identity", identity.name(), "kind", word(kind));
            removeEarlier(REFUSALS, tags);
            FunctionCounter.builder(REFUSALS, identity.refusals(), refusals -> refusals.refused(kind))
                    .description("what was refused to other services")
                    .tags(tags)
                    .register(registry);
        }
        return identity.observedBy(this);
    }

    /** Shows this participant's branches, from now on. */
    public void show(ParticipantService participant) {
        gauge(
                OPEN,
                "branches that wait for their coordinator's first order",
                participant,
                ParticipantService::openBranches);
        gauge(IN_DOUBT, "branches that are promised and wait for a decision", participant, ParticipantService::inDoubt);
    }

    private void gauge(
            String name,
            String description,
            ParticipantService participant,
            ToDoubleFunction<ParticipantService> value) {
        Tags tags = Tags.of(PARTICIPANT, participant.name());
        removeEarlier(name, tags);
        Gauge.builder(name, participant, value)
                .description(description)
                .tags(tags)
                .strongReference(true)
                .register(registry);
    }

    /** That of an earlier one of this name would stay and show what was. */
    private void removeEarlier(String name, Tags tags) {
        registry.find(name).tags(tags).meters().forEach(registry::remove);
    }

    @Override
    public Call telling(TransactionId id, String participant, String message, Map<String, String> trace) {
        return timed("avow.orders.told", "orders, until their answer has come", participant, message);
    }

    @Override
    public Call carryingOut(TransactionId id, String participant, String message, Map<String, String> trace) {
        return timed("avow.orders.carried.out", "carrying orders out", participant, message);
    }

    private Call timed(String name, String description, String participant, String message) {
        long beganNanos = registry.config().clock().monotonicTime();
        return answer -> Timer.builder(name)
                .description(description)
                .tags(PARTICIPANT, participant, "message", message, "answer", answer.word())
                .register(registry)
                .record(registry.config().clock().monotonicTime() - beganNanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void askedCoordinator(String participant, boolean replied) {
        inquiries(participant, "coordinator", replied).increment();
    }

    @Override
    public void askedPeer(String participant, boolean knew) {
        inquiries(participant, "peer", knew).increment();
    }

    private Counter inquiries(String participant, String whom, boolean replied) {
        return Counter.builder("avow.inquiries")
                .description("questions about branches in doubt")
                .tags(PARTICIPANT, participant, "of", whom, "reply", replied ? "replied" : "silent")
                .register(registry);
    }

    @Override
    public void endedByPeer(String participant, TransactionId id, Ending ending) {
        Counter.builder("avow.branches.ended.by.peers")
                .description("branches that were ended by what another participant knew")
                .tags(PARTICIPANT, participant, "ending", word(ending))
                .register(registry)
                .increment();
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
