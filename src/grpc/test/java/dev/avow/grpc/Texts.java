package dev.avow.grpc;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** An application's own service, which is told texts. */
final class Texts {
    private static final MethodDescriptor<String, String> PUT = MethodDescriptor.newBuilder(text(), text())
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName("test.Texts/Put")
            .build();

    private Texts() {}

    /** Something with an address. */
    interface Reached {
        ManagedChannel channel();

        /** Stands for it in the coordinator's process. */
        default RemoteParticipant participant(String usualName, Channel channel, Duration patience) {
            return RemoteParticipant.of(usualName, channel, patience);
        }
    }

    /** What a handler does with a text. */
    @FunctionalInterface
    interface Work {
        void with(String text) throws Exception;
    }

    static ServerServiceDefinition service(Work work) {
        return ServerServiceDefinition.builder("test.Texts")
                .addMethod(PUT, ServerCalls.asyncUnaryCall((text, reply) -> {
                    try {
                        work.with(text);
                        reply.onNext("done");
                        reply.onCompleted();
                    } catch (Exception failure) {
                        reply.onError(Status.ABORTED
                                .withDescription(failure.getMessage())
                                .asRuntimeException());
                    }
                }))
                .build();
    }

    static void put(Channel channel, String text) {
        String unused = ClientCalls.blockingUnaryCall(
                channel, PUT, CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS), text);
    }

    static ManagedChannel channel(String address) {
        return Grpc.newChannelBuilder(address, InsecureChannelCredentials.create())
                .build();
    }

    private static MethodDescriptor.Marshaller<String> text() {
        return new MethodDescriptor.Marshaller<>() {
            @Override
            public InputStream stream(String value) {
                return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
            }

            @Override
            public String parse(InputStream stream) {
                try {
                    return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            }
        };
    }
}
