package dev.avow.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.avow.grpc.contract.ListInDoubtRequest;
import dev.avow.grpc.contract.ParticipantServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Messages that nobody should send, and that must do no more harm than a line in the log. */
class HostileMessagesTest {
    private static final TestAuthority AUTHORITY = new TestAuthority("root");

    @TempDir
    private Path folder;

    private static final MethodDescriptor<byte[], byte[]> RAW_LIST = MethodDescriptor.newBuilder(bytes(), bytes())
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName(ParticipantServiceGrpc.getListInDoubtMethod().getFullMethodName())
            .build();

    private TestAuthority.Pem files;
    private Secured.Service orders;
    private Heard heard;

    @BeforeEach
    void open() throws IOException {
        files = AUTHORITY.issue(folder, "orders");
        orders = new Secured.Service(folder.resolve("orders"), "orders", files.identity());
        heard = new Heard();
    }

    @AfterEach
    void close() {
        heard.close();
        orders.close();
    }

    private static MethodDescriptor.Marshaller<byte[]> bytes() {
        return new MethodDescriptor.Marshaller<>() {
            @Override
            public InputStream stream(byte[] value) {
                return new ByteArrayInputStream(value);
            }

            @Override
            public byte[] parse(InputStream stream) {
                try {
                    return stream.readAllBytes();
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            }
        };
    }

    private static void list(Channel channel) {
        var unused = ParticipantServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .listInDoubt(ListInDoubtRequest.getDefaultInstance());
    }

    private Status.Code refused(ManagedChannel channel, byte[] message) {
        StatusRuntimeException refused = assertThrows(
                StatusRuntimeException.class,
                () -> ClientCalls.blockingUnaryCall(
                        channel, RAW_LIST, CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS), message));
        return refused.getStatus().getCode();
    }

    private long refusals(Refusals.Kind kind) {
        return orders.identity.refusals().refused(kind);
    }

    @Test
    void a_message_that_is_too_large_is_refused_and_counted_and_told_of_once() throws IOException {
        ManagedChannel channel = AUTHORITY.issue(folder, "shop").identity().channel(orders.address(), "orders");
        try {
            byte[] large = new byte[Identity.MOST_MESSAGE_BYTES + 1];
            assertEquals(Status.Code.RESOURCE_EXHAUSTED, refused(channel, large));
            assertEquals(Status.Code.RESOURCE_EXHAUSTED, refused(channel, large));
            assertEquals(2, refusals(Refusals.Kind.OVERSIZED));
            assertEquals(1, heard.lines("OVERSIZED"), heard::text);
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void a_message_that_cannot_be_read_is_refused_and_counted_and_told_of_once() throws IOException {
        ManagedChannel channel = AUTHORITY.issue(folder, "shop").identity().channel(orders.address(), "orders");
        try {
            byte[] garbage = {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF};
            assertNotEquals(Status.Code.OK, refused(channel, garbage));
            assertNotEquals(Status.Code.OK, refused(channel, garbage));
            assertEquals(2, refusals(Refusals.Kind.MALFORMED));
            assertEquals(1, heard.lines("MALFORMED"), heard::text);
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void headers_that_are_too_large_are_refused() throws IOException {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("large", Metadata.ASCII_STRING_MARSHALLER), "x".repeat(9_000));
        ManagedChannel channel = AUTHORITY.issue(folder, "shop").identity().channel(orders.address(), "orders");
        try {
            Channel large = ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
            assertThrows(StatusRuntimeException.class, () -> list(large));
            list(channel);
        } finally {
            channel.shutdownNow();
        }
    }

    /** Serves what it likes in the place of a participant. */
    private Server answering(byte[] answer) throws IOException {
        ServerServiceDefinition service = ServerServiceDefinition.builder(ParticipantServiceGrpc.SERVICE_NAME)
                .addMethod(RAW_LIST, ServerCalls.asyncUnaryCall((request, reply) -> {
                    reply.onNext(answer);
                    reply.onCompleted();
                }))
                .build();
        return AUTHORITY
                .issue(folder, "payments")
                .identity()
                .server(0)
                .addService(service)
                .build()
                .start();
    }

    private void assertAnswerCounts(byte[] answer, Refusals.Kind kind) throws IOException {
        Identity shop = AUTHORITY.issue(folder, "shop").identity();
        Server server = answering(answer);
        try (RemoteParticipant payments = RemoteParticipant.at("payments", "localhost:" + server.getPort(), shop)) {
            for (int times = 0; times < 2; times++) {
                assertThrows(StatusRuntimeException.class, payments::inDoubt);
            }
            assertEquals(2, shop.refusals().refused(kind));
            assertEquals(1, heard.lines(kind.name()), heard::text);
        } finally {
            server.shutdownNow();
        }
    }

    @Test
    void answers_that_are_too_large_or_cannot_be_read_are_counted_by_the_coordinator() throws IOException {
        assertAnswerCounts(new byte[Identity.MOST_MESSAGE_BYTES + 1], Refusals.Kind.OVERSIZED);
        assertAnswerCounts(new byte[] {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF}, Refusals.Kind.MALFORMED);
    }
}
