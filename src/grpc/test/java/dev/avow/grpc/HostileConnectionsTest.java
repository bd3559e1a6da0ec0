package dev.avow.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.avow.grpc.contract.ListInDoubtRequest;
import dev.avow.grpc.contract.ParticipantServiceGrpc;
import io.grpc.BindableService;
import io.grpc.Channel;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections that nobody should make, and that must do no more harm than a line in the log. */
class HostileConnectionsTest {
    private static final TestAuthority AUTHORITY = new TestAuthority("root");

    @TempDir
    private Path folder;

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

    private static void list(Channel channel) {
        var unused = ParticipantServiceGrpc.newBlockingStub(channel)
                .withDeadlineAfter(20, TimeUnit.SECONDS)
                .listInDoubt(ListInDoubtRequest.getDefaultInstance());
    }

    private long refusals(Refusals.Kind kind) {
        return orders.identity.refusals().refused(kind);
    }

    private void assertServes() throws IOException {
        ManagedChannel friend = AUTHORITY.issue(folder, "friend").identity().channel(orders.address(), "orders");
        try {
            list(friend);
        } finally {
            friend.shutdownNow();
        }
    }

    /** Three times, each over a connection of its own, or over two where localhost has two addresses. */
    private void assertRefusedThrice(ChannelCredentials credentials) {
        for (int times = 0; times < 3; times++) {
            ManagedChannel channel = Grpc.newChannelBuilder(orders.address(), credentials)
                    .overrideAuthority("orders")
                    .build();
            try {
                assertThrows(StatusRuntimeException.class, () -> list(channel));
            } finally {
                channel.shutdownNow();
            }
        }
    }

    private static ChannelCredentials credentials(TestAuthority.Pem files, Path roots) throws IOException {
        return TlsChannelCredentials.newBuilder()
                .keyManager(files.chain().toFile(), files.key().toFile())
                .trustManager(roots.toFile())
                .build();
    }

    @Test
    void a_foreign_certificate_is_refused_and_counted_and_told_of_once() throws IOException {
        TestAuthority.Pem foreign = new TestAuthority("root").issue(folder.resolve("foreign"), "shop");
        assertRefusedThrice(credentials(foreign, files.roots()));
        assertTrue(refusals(Refusals.Kind.FOREIGN_CERTIFICATE) >= 3);
        assertEquals(1, heard.lines("FOREIGN_CERTIFICATE"), heard::text);
        assertServes();
    }

    @Test
    void an_expired_certificate_is_refused_and_counted_and_told_of_once() throws IOException {
        TestAuthority.Pem expired =
                AUTHORITY.issue(folder, "shop", Instant.now().minus(Duration.ofDays(2)));
        assertRefusedThrice(credentials(expired, files.roots()));
        assertTrue(refusals(Refusals.Kind.EXPIRED_CERTIFICATE) >= 3);
        assertEquals(1, heard.lines("EXPIRED_CERTIFICATE"), heard::text);
        assertServes();
    }

    @Test
    void nobody_is_served_without_a_certificate_or_without_tls() throws IOException {
        assertRefusedThrice(TlsChannelCredentials.newBuilder()
                .trustManager(files.roots().toFile())
                .build());
        assertRefusedThrice(InsecureChannelCredentials.create());
        assertServes();
    }

    @Test
    void a_server_with_a_foreign_certificate_is_told_nothing() throws IOException {
        Identity stranger = new TestAuthority("root")
                .issue(folder.resolve("foreign"), "shop")
                .identity();
        ManagedChannel channel = stranger.channel(orders.address(), "orders");
        try {
            assertThrows(StatusRuntimeException.class, () -> list(channel));
            assertTrue(stranger.refusals().refused(Refusals.Kind.FOREIGN_CERTIFICATE) >= 1);
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void a_service_asks_by_its_own_identity_who_calls_whatever_server_it_is_on() throws IOException {
        BindableService guarded = orders.identity.guarded(new ParticipantServiceGrpc.ParticipantServiceImplBase() {});
        Identity plain = Identity.plainText();
        Server server = plain.server(0).addService(guarded).build().start();
        ManagedChannel channel = plain.channel("localhost:" + server.getPort(), "orders");
        try {
            StatusRuntimeException refused = assertThrows(StatusRuntimeException.class, () -> list(channel));
            assertEquals(Status.Code.UNAUTHENTICATED, refused.getStatus().getCode());
            assertEquals(1, refusals(Refusals.Kind.UNPROTECTED));
        } finally {
            channel.shutdownNow();
            server.shutdownNow();
        }
    }

    @Test
    void garbage_on_the_socket_does_no_harm() throws IOException {
        for (String garbage :
                new String[] {"GET / HTTP/1.1\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "\u0016\u0003\u0001\u0002"
                }) {
            try (Socket socket = new Socket("localhost", orders.port())) {
                socket.getOutputStream().write(garbage.getBytes(StandardCharsets.ISO_8859_1));
                socket.shutdownOutput();
                byte[] unused = socket.getInputStream().readAllBytes();
            }
        }
        assertServes();
    }

    @Test
    void no_secret_is_said() throws IOException {
        String key = Files.readString(files.key()).lines().skip(1).findFirst().orElseThrow();
        a_foreign_certificate_is_refused_and_counted_and_told_of_once();
        assertFalse(heard.text().contains(key), heard::text);
        assertEquals("orders", orders.identity.toString());
        assertFalse(ParticipantOptions.of(folder, orders.identity).toString().contains(key));
    }

    @Test
    void plain_text_stays_on_the_loopback() throws Exception {
        Optional<InetAddress> own = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> !address.isLoopbackAddress() && address.getAddress().length == 4)
                .findFirst();
        assumeTrue(own.isPresent(), "this machine has no address but the loopback's");
        String host = own.get().getHostAddress();
        Identity plain = Identity.plainText();
        try (Secured.Service service = new Secured.Service(folder.resolve("plain"), "orders", plain)) {
            String address = host + ":" + service.port();
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> plain.channel(address, "orders"));
            assertTrue(String.valueOf(refused.getMessage()).contains("plainTextBeyondLoopback"), refused::toString);
            ManagedChannel forced = Identity.plainTextBeyondLoopback().channel(address, "orders");
            try {
                for (int times = 0; times < 2; times++) {
                    StatusRuntimeException denied = assertThrows(StatusRuntimeException.class, () -> list(forced));
                    assertEquals(
                            Status.Code.PERMISSION_DENIED, denied.getStatus().getCode());
                }
                assertEquals(2, plain.refusals().refused(Refusals.Kind.UNPROTECTED));
                assertEquals(1, heard.lines("UNPROTECTED"), heard::text);
            } finally {
                forced.shutdownNow();
            }
            ManagedChannel here = plain.channel(service.address(), "orders");
            try {
                list(here);
            } finally {
                here.shutdownNow();
            }
        }
    }
}
