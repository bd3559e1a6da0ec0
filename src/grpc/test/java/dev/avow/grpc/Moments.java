package dev.avow.grpc;

import dev.avow.grpc.contract.ParticipantServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the moments before a message leaves, after it has left, and before one is heard; at one of them something happens. */
final class Moments implements ClientInterceptor {
    private final AtomicInteger seen = new AtomicInteger();
    private final int at;
    private final Runnable event;
    private volatile boolean over;

    /** @param at which of them, from 1 */
    Moments(int at, Runnable event) {
        this.at = at;
        this.event = event;
    }

    private void pass() {
        if (!over && seen.incrementAndGet() == at) {
            event.run();
        }
    }

    /** What comes from now on doesn't count. Returns whether it has happened. */
    boolean end() {
        over = true;
        return seen.get() >= at;
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        if (method.getFullMethodName()
                .equals(ParticipantServiceGrpc.getListInDoubtMethod().getFullMethodName())) {
            // Recovery's, at any time.
            return next.newCall(method, options);
        }
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            public void start(Listener<A> listener, Metadata headers) {
                super.start(
                        new SimpleForwardingClientCallListener<>(listener) {
                            @Override
                            public void onMessage(A message) {
                                pass();
                                super.onMessage(message);
                            }
                        },
                        headers);
            }

            @Override
            public void sendMessage(Q message) {
                pass();
                super.sendMessage(message);
                pass();
            }
        };
    }
}
