package dev.avow.grpc;

import io.grpc.stub.CallStreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What is due on one stream, from any threads, packed: whoever adds something and finds nobody sending sends all that is due,
 * and goes on while more comes. A stream that takes no more for the moment is left alone until it says that it does: with
 * {@link #ONE_MESSAGE} it does when the message before is in the socket. So a message holds what has come since then, which is
 * more, the busier the stream is; and on one that is idle nothing waits.
 *
 * @param <I> what is due
 * @param <M> what it is packed into
 */
final class Batches<I, M> {
    /** Bytes that a stream may hold back and yet take more: whatever comes while a message is written goes with the next. */
    static final int ONE_MESSAGE = 1;
    /** As many at most in one message. */
    private static final int MOST = 256;

    private final CallStreamObserver<M> stream;
    private final Function<List<I>, M> packing;
    private final Consumer<Throwable> breaking;
    private final Queue<I> due = new ConcurrentLinkedQueue<>();
    /** How often somebody wanted to send since the one that does has last looked: 0 where nobody does. */
    private final AtomicInteger wishes = new AtomicInteger();

    private volatile boolean ending;
    /** Nothing is sent any more. Of the one that sends. */
    private boolean over;

    /** @param breaking ends a stream on which something couldn't be sent: whoever waits for an answer must hear */
    Batches(CallStreamObserver<M> stream, Function<List<I>, M> packing, Consumer<Throwable> breaking) {
        this.stream = stream;
        this.packing = packing;
        this.breaking = breaking;
    }

    void add(I item) {
        due.add(item);
        send();
    }

    /** Completes the stream, once what is due has been sent. */
    void end() {
        ending = true;
        send();
    }

    /** Also to be called when the stream takes more. */
    void send() {
        if (wishes.getAndIncrement() > 0) {
            return;
        }
        int seen = 1;
        while (seen > 0) {
            try {
                sendWhatIsDue();
            } catch (RuntimeException | Error failure) {
                over = true;
                breaking.accept(failure);
            }
            seen = wishes.addAndGet(-seen);
        }
    }

    private void sendWhatIsDue() {
        while (!over && stream.isReady()) {
            List<I> batch = next();
            if (batch.isEmpty()) {
                if (ending) {
                    over = true;
                    stream.onCompleted();
                }
                return;
            }
            stream.onNext(packing.apply(batch));
        }
    }

    private List<I> next() {
        List<I> batch = new ArrayList<>();
        for (I item = due.poll(); item != null; item = due.poll()) {
            batch.add(item);
            if (batch.size() == MOST) {
                break;
            }
        }
        return batch;
    }
}
