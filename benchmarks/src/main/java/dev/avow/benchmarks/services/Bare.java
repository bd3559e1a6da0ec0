package dev.avow.benchmarks.services;

import dev.avow.grpc.contract.Ack;
import dev.avow.grpc.contract.Answer;
import dev.avow.grpc.contract.Order;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerServiceDefinition;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;

/** gRPC and nothing else: the contract's own messages, one order at a time, each answered by an acknowledgement at once. */
final class Bare {
    private static final String SERVICE = "avow.benchmarks.Bare";

    static final MethodDescriptor<Order, Answer> TELL = method("Tell", MethodType.UNARY);
    static final MethodDescriptor<Order, Answer> CONVERSE = method("Converse", MethodType.BIDI_STREAMING);

    private Bare() {}

    private static MethodDescriptor<Order, Answer> method(String name, MethodType type) {
        return MethodDescriptor.<Order, Answer>newBuilder()
                .setType(type)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name))
                .setRequestMarshaller(ProtoUtils.marshaller(Order.getDefaultInstance()))
                .setResponseMarshaller(ProtoUtils.marshaller(Answer.getDefaultInstance()))
                .build();
    }

    static ServerServiceDefinition service() {
        return ServerServiceDefinition.builder(SERVICE)
                .addMethod(TELL, ServerCalls.asyncUnaryCall((order, answers) -> {
                    answers.onNext(answered(order));
                    answers.onCompleted();
                }))
                .addMethod(CONVERSE, ServerCalls.asyncBidiStreamingCall(Bare::conversation))
                .build();
    }

    private static StreamObserver<Order> conversation(StreamObserver<Answer> answers) {
        return new StreamObserver<>() {
            @Override
            public void onNext(Order order) {
                answers.onNext(answered(order));
            }

            @Override
            public void onError(Throwable failure) {
                // The measurement is over.
            }

            @Override
            public void onCompleted() {
                answers.onCompleted();
            }
        };
    }

    private static Answer answered(Order order) {
        return Answer.newBuilder()
                .setNumber(order.getNumber())
                .setAck(Ack.getDefaultInstance())
                .build();
    }
}
