package dev.avow.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.Avow;
import dev.avow.engine.AvowOptions;
import dev.avow.engine.Observer;
import dev.avow.engine.Outcome;
import dev.avow.engine.Transaction;
import dev.avow.engine.TransactionId;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AvowSpansTest {
    @TempDir
    Path directory;

    private final TestObservationRegistry registry = TestObservationRegistry.create();
    private final Shop orders = new Shop("orders");
    private final Shop payments = new Shop("payments");
    private final List<String> ended = new ArrayList<>();

    private Outcome commit(String name) {
        registry.observationConfig().observationHandler(new Recorder());
        AvowOptions options = new AvowSpans(registry).observing(AvowOptions.defaults());
        try (Avow avow = Avow.open(directory, options, List.of(orders, payments))) {
            return Objects.requireNonNull(
                    Observation.createNotStarted("request", registry).observe(() -> {
                        Transaction transaction = avow.begin(name);
                        transaction.enlist(orders);
                        transaction.enlist(payments);
                        return transaction.commit();
                    }));
        }
    }

    @Test
    void a_transaction_is_a_child_of_the_request_and_parent_of_each_call() {
        commit("O1").requireCommitted();
        assertEquals(
                List.of(
                        "prepare orders in avow.transaction",
                        "prepare payments in avow.transaction",
                        "commit orders in avow.transaction",
                        "commit payments in avow.transaction",
                        "avow.transaction in request, committed none",
                        "request in nothing"),
                ended);
        TestObservationRegistryAssert.assertThat(registry)
                .doesNotHaveAnyRemainingCurrentObservation()
                .hasObservationWithNameEqualTo("avow.transaction")
                .that()
                .hasBeenStopped()
                .hasHighCardinalityKeyValue("avow.name", "O1");
    }

    @Test
    void a_call_that_has_returned_leaves_nothing_behind_in_its_thread() {
        AvowOptions options = new AvowSpans(registry).observing(AvowOptions.defaults());
        Observer.Call call = options.observer().calling(TransactionId.of(1, 1, 1), "O1", "orders", "prepare");
        assertNotNull(registry.getCurrentObservation());
        call.returned(Optional.empty());
        assertNull(registry.getCurrentObservation());
    }

    @Test
    void a_call_whose_answer_comes_later_leaves_its_thread_at_once_and_ends_in_the_one_where_that_comes()
            throws Exception {
        registry.observationConfig().observationHandler(new Recorder());
        AvowOptions options = new AvowSpans(registry).observing(AvowOptions.defaults());
        Observer.Call call = options.observer().calling(TransactionId.of(1, 1, 1), "O1", "orders", "prepare");
        call.left();
        assertNull(registry.getCurrentObservation());
        assertEquals(List.of(), ended);
        Observation other = Observation.createNotStarted("other", registry).start();
        FutureTask<Boolean> answer = new FutureTask<>(() -> {
            try (Observation.Scope scope = other.openScope()) {
                call.returned(Optional.empty());
                return registry.getCurrentObservation() == other && registry.getCurrentObservationScope() == scope;
            }
        });
        new Thread(answer).start();
        assertTrue(answer.get(20, TimeUnit.SECONDS), "what the other thread is in stays");
        assertEquals(List.of("prepare orders in nothing"), ended);
    }

    @Test
    void a_refusal_is_the_error_of_its_branch_and_of_the_transaction() {
        orders.refuses = true;
        assertInstanceOf(Outcome.Aborted.class, commit("O2"));
        assertEquals("prepare orders in avow.transaction: sold out", ended.get(0));
        assertEquals(
                "avow.transaction in request: sold out, aborted refused",
                ended.stream()
                        .filter(line -> line.startsWith("avow.tr"))
                        .findFirst()
                        .orElseThrow());
    }

    /** One line for each observation that has stopped. */
    private final class Recorder implements ObservationHandler<Observation.Context> {
        @Override
        public boolean supportsContext(Observation.Context context) {
            return true;
        }

        @Override
        public void onStop(Observation.Context context) {
            String name = Optional.ofNullable(context.getContextualName()).orElse(context.getName() + "");
            String parent = Optional.ofNullable(context.getParentObservation())
                    .map(above -> above.getContextView().getName() + "")
                    .orElse("nothing");
            String error = Optional.ofNullable(context.getError())
                    .map(thrown -> ": " + thrown.getMessage())
                    .orElse("");
            ended.add(name + " in " + parent + error + key(context, "outcome", ", ") + key(context, "cause", " "));
        }

        private String key(Observation.Context context, String key, String before) {
            return Optional.ofNullable(context.getLowCardinalityKeyValue("avow." + key))
                    .map(KeyValue::getValue)
                    .map(value -> before + value)
                    .orElse("");
        }
    }
}
