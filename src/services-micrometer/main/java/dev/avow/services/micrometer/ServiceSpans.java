package dev.avow.services.micrometer;

import dev.avow.engine.TransactionId;
import dev.avow.grpc.ServiceObserver;
import dev.avow.micrometer.AvowSpans;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.ReceiverContext;
import io.micrometer.observation.transport.SenderContext;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One trace across processes, through Micrometer's Observation API: {@code avow.order.told} at the coordinator, from the
 * order to its answer, within the {@code avow.branch} of {@link AvowSpans}; and within that, in the participant's process,
 * {@code avow.order.carried.out}, with a scope of its own, so that its database's spans nest below it. What continues the trace
 * there travels with the order, in whatever form the tracer has, such as W3C Trace Context.
 *
 * <p>The work of a transaction runs in the scope of its {@code avow.transaction}. Calls that it makes to services continue the
 * trace there if the channel and the service have Micrometer's own interceptors: {@code ObservationGrpcClientInterceptor} and
 * {@code ObservationGrpcServerInterceptor}.
 *
 * <p>Low-cardinality keys: {@code avow.participant}, {@code avow.message} and {@code avow.answer}. High-cardinality: {@code
 * avow.id}. Safe for any number of threads.
 */
public final class ServiceSpans implements ServiceObserver {
    private final ObservationRegistry registry;
    private final Optional<AvowSpans> transactions;

    private ServiceSpans(ObservationRegistry registry, Optional<AvowSpans> transactions) {
        this.registry = registry;
        this.transactions = transactions;
    }

    /** For a process that only takes part. */
    public static ServiceSpans of(ObservationRegistry registry) {
        return new ServiceSpans(registry, Optional.empty());
    }

    /** For one where transactions begin, too. */
    public static ServiceSpans of(ObservationRegistry registry, AvowSpans transactions) {
        return new ServiceSpans(registry, Optional.of(transactions));
    }

    @Override
    public Call telling(TransactionId id, String participant, String message, Map<String, String> trace) {
        SenderContext<Map<String, String>> context = new SenderContext<>(
                (headers, name, value) -> {
                    if (headers != null) {
                        headers.put(name.toLowerCase(Locale.ROOT), value);
                    }
                },
                Kind.CLIENT);
        context.setCarrier(trace);
        context.setRemoteServiceName(participant);
        Observation told = Observation.createNotStarted("avow.order.told", () -> context, registry);
        named(told, id, participant, message).start();
        return answer -> end(told, answer);
    }

    @Override
    public Call carryingOut(TransactionId id, String participant, String message, Map<String, String> trace) {
        ReceiverContext<Map<String, String>> context =
                new ReceiverContext<>((headers, name) -> headers.get(name.toLowerCase(Locale.ROOT)), Kind.SERVER);
        context.setCarrier(trace);
        Observation carriedOut = Observation.createNotStarted("avow.order.carried.out", () -> context, registry);
        Observation.Scope scope =
                named(carriedOut, id, participant, message).start().openScope();
        return answer -> {
            scope.close();
            end(carriedOut, answer);
        };
    }

    private static Observation named(Observation order, TransactionId id, String participant, String message) {
        return order.contextualName(message + " " + participant)
                .lowCardinalityKeyValue("avow.participant", participant)
                .lowCardinalityKeyValue("avow.message", message)
                .highCardinalityKeyValue("avow.id", id.toString());
    }

    private static void end(Observation order, Answer answer) {
        order.lowCardinalityKeyValue("avow.answer", answer.word());
        answer.failure().ifPresent(words -> order.error(new IllegalStateException(words)));
        order.stop();
    }

    @Override
    public Runnable working(TransactionId id) {
        Optional<Observation.Scope> scope =
                transactions.flatMap(spans -> spans.transaction(id)).map(Observation::openScope);
        return () -> scope.ifPresent(Observation.Scope::close);
    }
}
