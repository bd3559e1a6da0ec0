package dev.avow.grpc;

import dev.avow.grpc.contract.Answer;
import dev.avow.grpc.contract.Order;
import io.grpc.Channel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** How orders travel to one participant, and the answers back. Safe for any number of threads. */
interface Courier {
    /** Begins one. */
    @FunctionalInterface
    interface Form {
        /** With this patience for each answer. */
        Courier over(Channel channel, Duration patience);
    }

    /** Nothing can be asked through it any more: another one has to be made. */
    boolean hasEnded();

    /** Never waits. The answer fails if none can come any more; whether the order was carried out is unknown then. */
    Asked ask(Order.Builder order);

    /** What is under way fails. */
    void close();

    /**
     * An order under way.
     *
     * @param abandon to be called when nobody awaits the answer any more
     */
    record Asked(CompletableFuture<Answer> answer, Runnable abandon) {}
}
