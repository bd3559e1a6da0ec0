package dev.avow.cli.demo.services;

import dev.avow.cli.demo.Order;
import dev.avow.cli.demo.PaymentRefusedException;
import io.grpc.CallOptions;
import io.grpc.Channel;
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
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/**
 * The shop's own calls to its services, which know nothing of transactions: an order goes there, and a word comes back. As a
 * rule they would be generated from a contract; here their messages are lines of text, and that is all there is.
 */
final class Calls {
    /** Longer than a service needs to start again. */
    private static final int DEADLINE_SECONDS = 10;

    private static final String DONE = "done";

    private Calls() {}

    /** What a service does with an order. */
    @FunctionalInterface
    interface Work {
        void with(Order order) throws SQLException, PaymentRefusedException;
    }

    private static MethodDescriptor<String, String> method(Part part) {
        return MethodDescriptor.newBuilder(TEXT, TEXT)
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(service(part) + "/Do")
                .build();
    }

    private static String service(Part part) {
        return "demo." + part.participant();
    }

    /**
     * Has a service do its part of an order. One that is down is waited for: nothing of the order is done until then.
     *
     * @throws io.grpc.StatusRuntimeException if it refuses, fails or doesn't answer
     */
    static void ask(Channel channel, Part part, Order order) {
        CallOptions options =
                CallOptions.DEFAULT.withWaitForReady().withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
        String unused = ClientCalls.blockingUnaryCall(channel, method(part), options, OrderLine.of(order));
    }

    static ServerServiceDefinition serving(Part part, Work work) {
        return ServerServiceDefinition.builder(service(part))
                .addMethod(method(part), ServerCalls.asyncUnaryCall((line, reply) -> {
                    try {
                        work.with(OrderLine.parse(line));
                        reply.onNext(DONE);
                        reply.onCompleted();
                    } catch (PaymentRefusedException refusal) {
                        reply.onError(failed(Status.FAILED_PRECONDITION, refusal.reason()));
                    } catch (IllegalArgumentException wrong) {
                        reply.onError(failed(Status.INVALID_ARGUMENT, String.valueOf(wrong.getMessage())));
                    } catch (SQLException | RuntimeException failure) {
                        reply.onError(failed(Status.ABORTED, String.valueOf(failure.getMessage())));
                    }
                }))
                .build();
    }

    private static RuntimeException failed(Status status, String words) {
        return status.withDescription(words).asRuntimeException();
    }

    private static final MethodDescriptor.Marshaller<String> TEXT = new MethodDescriptor.Marshaller<>() {
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
