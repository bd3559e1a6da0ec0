package dev.avow.benchmarks.services;

import dev.avow.grpc.contract.ListInDoubtReply;
import dev.avow.grpc.contract.ListInDoubtRequest;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerServiceDefinition;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;

/** The application's own service. */
final class Working {
    private static final String SERVICE = "avow.benchmarks.Working";

    private static final MethodDescriptor<ListInDoubtRequest, ListInDoubtReply> WORK =
            MethodDescriptor.<ListInDoubtRequest, ListInDoubtReply>newBuilder()
                    .setType(MethodType.UNARY)
                    .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, "Work"))
                    .setRequestMarshaller(ProtoUtils.marshaller(ListInDoubtRequest.getDefaultInstance()))
                    .setResponseMarshaller(ProtoUtils.marshaller(ListInDoubtReply.getDefaultInstance()))
                    .build();

    private Working() {}

    static ServerServiceDefinition service(Runnable work) {
        return ServerServiceDefinition.builder(SERVICE)
                .addMethod(WORK, ServerCalls.asyncUnaryCall((request, reply) -> {
                    work.run();
                    reply.onNext(ListInDoubtReply.getDefaultInstance());
                    reply.onCompleted();
                }))
                .build();
    }

    static void call(Channel channel) {
        ListInDoubtReply unused = ClientCalls.blockingUnaryCall(
                channel, WORK, CallOptions.DEFAULT, ListInDoubtRequest.getDefaultInstance());
    }
}
