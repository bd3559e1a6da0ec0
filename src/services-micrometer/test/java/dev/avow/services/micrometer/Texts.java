package dev.avow.services.micrometer;

import com.google.protobuf.StringValue;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** An application's own service, which is told texts. */
final class Texts {
    private static final MethodDescriptor<StringValue, StringValue> PUT = MethodDescriptor.newBuilder(
                    ProtoUtils.marshaller(StringValue.getDefaultInstance()),
                    ProtoUtils.marshaller(StringValue.getDefaultInstance()))
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName("test.Texts/Put")
            .build();

    private Texts() {}

    static ServerServiceDefinition service(Consumer<String> work) {
        return ServerServiceDefinition.builder("test.Texts")
                .addMethod(PUT, ServerCalls.asyncUnaryCall((text, reply) -> {
                    try {
                        work.accept(text.getValue());
                        reply.onNext(StringValue.of("done"));
                        reply.onCompleted();
                    } catch (RuntimeException failure) {
                        reply.onError(Status.ABORTED
                                .withDescription(failure.getMessage())
                                .asRuntimeException());
                    }
                }))
                .build();
    }

    static void put(Channel channel, String text) {
        StringValue unused = ClientCalls.blockingUnaryCall(
                channel, PUT, CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS), StringValue.of(text));
    }
}
