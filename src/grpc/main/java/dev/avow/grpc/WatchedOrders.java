package dev.avow.grpc;

import dev.avow.engine.TransactionId;
import dev.avow.grpc.contract.Answer;
import dev.avow.grpc.contract.Order;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Orders as an observer sees them, on both sides. */
final class WatchedOrders {
    /** A tracer needs two or three; `tracestate` is the longest, with 512 characters. */
    private static final int MOST_TRACE_ENTRIES = 8;

    private static final int LONGEST_TRACE_ENTRY = 1_024;

    private WatchedOrders() {}

    /** An order under way to a participant. */
    @FunctionalInterface
    interface Telling {
        Telling UNSEEN = (answer, failure) -> {};

        /** By this, if there is no failure. */
        void answered(Optional<Answer> answer, Optional<Throwable> failure);
    }

    /** Puts into the order what continues the trace at the participant. */
    static Telling telling(Watching watching, String participant, Order.Builder order) {
        if (watching.isNobody()) {
            return Telling.UNSEEN;
        }
        Map<String, String> trace = new HashMap<>();
        TransactionId id = Wire.fromWire(order.getTransaction());
        ServiceObserver.Call seen = watching.telling(id, participant, message(order.getMessageCase()), trace);
        order.putAllTrace(trace);
        return (answer, failure) -> seen.ended(answer.map(WatchedOrders::answer)
                .orElseGet(() -> new ServiceObserver.Answer("unanswered", failure.map(Throwable::toString))));
    }

    static Answer.Builder carryingOut(
            Watching watching, String participant, TransactionId id, Order order, Supplier<Answer.Builder> call) {
        if (watching.isNobody()) {
            return call.get();
        }
        ServiceObserver.Call seen =
                watching.carryingOut(id, participant, message(order.getMessageCase()), bounded(order.getTraceMap()));
        Answer.Builder answer = call.get();
        seen.ended(answer(answer.build()));
        return answer;
    }

    private static Map<String, String> bounded(Map<String, String> trace) {
        return trace.entrySet().stream()
                .filter(entry -> entry.getKey().length() + entry.getValue().length() <= LONGEST_TRACE_ENTRY)
                .limit(MOST_TRACE_ENTRIES)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static String message(Order.MessageCase message) {
        return switch (message) {
            case PREPARE -> "prepare";
            case ONE_PHASE -> "onePhase";
            case COMMIT -> "commit";
            case ABORT -> "abort";
            case FORGET -> "forget";
            case MESSAGE_NOT_SET -> "unknown";
        };
    }

    private static ServiceObserver.Answer answer(Answer answer) {
        return switch (answer.getMessageCase()) {
            case VOTE -> good(Wire.fromWire(answer.getVote().getVote()));
            case ENDED -> good(Wire.fromWire(answer.getEnded().getEnding()));
            case ACK -> new ServiceObserver.Answer("acknowledged", Optional.empty());
            case DAMAGE ->
                new ServiceObserver.Answer(
                        "damage", Optional.of(answer.getDamage().getWords()));
            case FAILURE ->
                new ServiceObserver.Answer(
                        "failure", Optional.of(answer.getFailure().getWords()));
            case MESSAGE_NOT_SET -> new ServiceObserver.Answer("failure", Optional.of("an answer without a message"));
        };
    }

    private static ServiceObserver.Answer good(Enum<?> word) {
        return new ServiceObserver.Answer(word.name().toLowerCase(Locale.ROOT), Optional.empty());
    }
}
