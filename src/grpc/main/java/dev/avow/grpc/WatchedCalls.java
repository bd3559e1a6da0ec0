package dev.avow.grpc;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ClientStreamTracer;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;

/** Sees which answers a channel refuses: those that are too large, or can't be read. */
final class WatchedCalls implements ClientInterceptor {
    private final Place place;
    private final Refusals refusals;

    WatchedCalls(Place place, Refusals refusals) {
        this.place = place;
        this.refusals = refusals;
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        Answering answering = new Answering();
        return new SimpleForwardingClientCall<>(next.newCall(method, options.withStreamTracerFactory(answering))) {
            @Override
            public void start(Listener<A> listener, Metadata headers) {
                super.start(
                        new SimpleForwardingClientCallListener<>(listener) {
                            @Override
                            public void onClose(Status status, Metadata trailers) {
                                if (answering.hasBegun) {
                                    Unreadable.kind(status).ifPresent(kind -> count(kind, method.getFullMethodName()));
                                }
                                super.onClose(status, trailers);
                            }
                        },
                        headers);
            }
        };
    }

    /** Whether the server has begun to answer: where it hasn't, its status tells what it has refused itself. */
    private static final class Answering extends ClientStreamTracer.Factory {
        private volatile boolean hasBegun;

        @Override
        public ClientStreamTracer newClientStreamTracer(ClientStreamTracer.StreamInfo info, Metadata headers) {
            return new ClientStreamTracer() {
                @Override
                public void inboundHeaders() {
                    hasBegun = true;
                }
            };
        }
    }

    private void count(Refusals.Kind kind, String method) {
        refusals.count(kind, "\"" + place.identity() + "\"", "an answer of " + place.address() + " to " + method);
    }
}
