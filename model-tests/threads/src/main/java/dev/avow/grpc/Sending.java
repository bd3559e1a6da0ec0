package dev.avow.grpc;

import dev.avow.threads.world.Meeting;
import io.grpc.stub.CallStreamObserver;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two threads that have something to send, one of which is the transport's, too: after each message that takes no more until
 * it is written. (Three would need a processor each.)
 */
public final class Sending {
    private static final int OF_EACH = 3;

    private final Meeting meeting = new Meeting();
    private final Transport transport = new Transport();
    private final Batches<Integer, List<Integer>> batches =
            new Batches<>(transport, batch -> batch, failure -> transport.faults.add(failure.toString()));
    /** As whoever answers orders counts them: the last one ends the stream. */
    private final AtomicInteger adding = new AtomicInteger(2);

    private final AtomicInteger atWork = new AtomicInteger(2);

    /** Sends this and some more after it. */
    public void add(int first) {
        add(first, () -> {});
    }

    /** The same, and in between what the transport's thread does, until nothing more comes. */
    public void addAndWrite(int first) {
        add(first, this::write);
        while (atWork.get() > 0 || !transport.ready) {
            write();
        }
    }

    private void add(int first, Runnable between) {
        meeting.meetAndLinger(200);
        for (int item = first; item < first + OF_EACH; item++) {
            batches.add(item);
            between.run();
            Meeting.linger(50);
        }
        if (adding.decrementAndGet() == 0) {
            batches.end();
        }
        atWork.decrementAndGet();
    }

    private void write() {
        if (!transport.ready) {
            transport.ready = true;
            batches.send();
        }
        Thread.onSpinWait();
    }

    /** What has been sent, once all are done. */
    public String sent() {
        List<String> faults = transport.faults;
        if (!faults.isEmpty()) {
            return faults.toString();
        }
        List<Integer> ordered = new ArrayList<>(transport.sent);
        Collections.sort(ordered);
        return ordered.equals(List.of(1, 2, 3, 11, 12, 13)) && transport.completed == 1
                ? "all once, then the end"
                : "sent " + transport.sent + ", ended " + transport.completed + " times";
    }

    private static final class Transport extends CallStreamObserver<List<Integer>> {
        private final AtomicBoolean busy = new AtomicBoolean();
        /** Of whoever sends: there must be one at a time. */
        private final List<Integer> sent = new ArrayList<>();

        private final List<String> faults = Collections.synchronizedList(new ArrayList<>());
        private int completed;
        private volatile boolean ready = true;

        private void alone(Runnable use) {
            if (!busy.compareAndSet(false, true)) {
                faults.add("two send at a time");
            }
            use.run();
            busy.set(false);
        }

        @Override
        public boolean isReady() {
            return ready;
        }

        @Override
        public void onNext(List<Integer> message) {
            alone(() -> {
                sent.addAll(message);
                ready = false;
            });
        }

        @Override
        public void onCompleted() {
            alone(() -> completed++);
        }

        @Override
        public void onError(Throwable failure) {
            faults.add(failure.toString());
        }

        @Override
        public void setOnReadyHandler(Runnable handler) {}

        @Override
        public void disableAutoInboundFlowControl() {}

        @Override
        public void request(int count) {}

        @Override
        public void setMessageCompression(boolean enable) {}
    }
}
