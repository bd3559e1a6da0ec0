package dev.avow.benchmarks.services;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import java.util.concurrent.atomic.LongAdder;

/** Counts the messages in both directions. */
final class Wire implements ClientInterceptor {
    private final LongAdder messages = new LongAdder();

    long messages() {
        return messages.sum();
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            public void start(Listener<A> listener, Metadata headers) {
                super.start(
                        new SimpleForwardingClientCallListener<>(listener) {
                            @Override
                            public void onMessage(A message) {
                                messages.increment();
                                super.onMessage(message);
                            }
                        },
                        headers);
            }

            @Override
            public void sendMessage(Q message) {
                messages.increment();
                super.sendMessage(message);
            }
        };
    }
}
