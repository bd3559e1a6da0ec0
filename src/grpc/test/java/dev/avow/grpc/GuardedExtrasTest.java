package dev.avow.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Health and reflection are for those that may call, and reflection only where it was asked for. */
class GuardedExtrasTest {
    private static final TestAuthority AUTHORITY = new TestAuthority("root");
    private static final TestAuthority ANOTHER = new TestAuthority("another root");

    @TempDir
    private Path folder;

    private final CompletableFuture<Server> served = new CompletableFuture<>();

    @AfterEach
    void close() {
        served.join().shutdownNow();
    }

    private Identity identity(TestAuthority authority, String name) throws IOException {
        return authority.issue(folder, name).identity();
    }

    private ManagedChannel channel(Identity client) {
        return client.channel("localhost:" + served.join().getPort(), "orders");
    }

    private void serve(Identity identity, boolean withReflection) throws IOException {
        ServerBuilder<?> builder =
                identity.server(0).addService(Health.of(identity).service());
        if (withReflection) {
            builder.addService(identity.reflection());
        }
        served.complete(builder.build().start());
    }

    /** The names of the services, as grpcurl lists them. */
    private static List<String> listed(Channel channel) throws Exception {
        CompletableFuture<List<String>> services = new CompletableFuture<>();
        StreamObserver<ServerReflectionRequest> questions = ServerReflectionGrpc.newStub(channel)
                .serverReflectionInfo(new StreamObserver<>() {
                    @Override
                    public void onNext(ServerReflectionResponse reply) {
                        services.complete(reply.getListServicesResponse().getServiceList().stream()
                                .map(ServiceResponse::getName)
                                .sorted()
                                .toList());
                    }

                    @Override
                    public void onError(Throwable failure) {
                        services.completeExceptionally(failure);
                    }

                    @Override
                    public void onCompleted() {}
                });
        questions.onNext(
                ServerReflectionRequest.newBuilder().setListServices("").build());
        try {
            return services.get(20, TimeUnit.SECONDS);
        } finally {
            questions.onCompleted();
        }
    }

    private static Status.Code refused(ExecutionException failure) {
        return Status.fromThrowable(failure.getCause()).getCode();
    }

    @Test
    void reflection_lists_the_services_where_it_was_added() throws Exception {
        serve(identity(AUTHORITY, "orders"), true);
        ManagedChannel channel = channel(identity(AUTHORITY, "shop"));
        try {
            assertEquals(List.of("grpc.health.v1.Health", "grpc.reflection.v1.ServerReflection"), listed(channel));
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void without_it_nothing_is_listed() throws Exception {
        serve(identity(AUTHORITY, "orders"), false);
        ManagedChannel channel = channel(identity(AUTHORITY, "shop"));
        try {
            ExecutionException none = assertThrows(ExecutionException.class, () -> listed(channel));
            assertEquals(Status.Code.UNIMPLEMENTED, refused(none));
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void on_somebody_elses_server_they_are_for_trusted_callers_all_the_same() throws Exception {
        Identity orders = identity(AUTHORITY, "orders");
        // In plain text: whoever calls has no certificate.
        Identity plain = Identity.plainText();
        served.complete(plain.server(0)
                .addService(Health.of(orders).service())
                .addService(orders.reflection())
                .build()
                .start());
        ManagedChannel channel = channel(plain);
        try {
            ExecutionException unlisted = assertThrows(ExecutionException.class, () -> listed(channel));
            assertEquals(Status.Code.UNAUTHENTICATED, refused(unlisted));
            StatusRuntimeException unheard = assertThrows(
                    StatusRuntimeException.class,
                    () -> HealthGrpc.newBlockingStub(channel)
                            .withDeadlineAfter(20, TimeUnit.SECONDS)
                            .check(HealthCheckRequest.getDefaultInstance()));
            assertEquals(Status.Code.UNAUTHENTICATED, unheard.getStatus().getCode());
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void a_stranger_with_a_certificate_of_another_root_hears_nothing() throws Exception {
        serve(identity(AUTHORITY, "orders"), true);
        ManagedChannel channel = channel(identity(ANOTHER, "shop"));
        try {
            ExecutionException none = assertThrows(ExecutionException.class, () -> listed(channel));
            assertEquals(Status.Code.UNAVAILABLE, refused(none));
        } finally {
            channel.shutdownNow();
        }
    }
}
