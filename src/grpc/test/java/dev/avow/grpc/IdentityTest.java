package dev.avow.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.grpc.Attributes;
import io.grpc.StatusException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files make an identity, what is said of others, and whose name a certificate tells. */
class IdentityTest {
    private static final TestAuthority AUTHORITY = new TestAuthority("root");

    @TempDir
    private Path folder;

    private TestAuthority.Pem files;

    @BeforeEach
    void issue() throws IOException {
        files = AUTHORITY.issue(folder, "orders");
    }

    private void assertRefused(TestAuthority.Pem wrong, Path file, String what) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, wrong::identity);
        String told = String.valueOf(refused.getMessage());
        assertTrue(told.contains(file.toString()) && told.contains(what), told);
    }

    @Test
    void it_is_called_as_its_certificate_says() {
        assertEquals("orders", files.identity().name());
        assertEquals("plaintext", Identity.plainText().name());
    }

    @Test
    void a_file_that_is_missing_is_named() throws IOException {
        Files.delete(files.key());
        assertRefused(files, files.key(), "can't be read");
    }

    @Test
    void a_file_that_is_something_else_is_named() throws IOException {
        Files.writeString(files.roots(), "roots");
        assertRefused(files, files.roots(), "there is no certificate in it");
        Files.writeString(files.chain(), TestAuthority.pem("CERTIFICATE", new byte[] {1, 2, 3}));
        assertRefused(files, files.chain(), "can't be read");
    }

    @Test
    void a_certificate_that_is_not_valid_today_is_named() throws IOException {
        TestAuthority.Pem expired = AUTHORITY.issue(folder, "old", Instant.now().minus(Duration.ofDays(3)));
        assertRefused(expired, expired.chain(), "has expired on");
        TestAuthority.Pem early = AUTHORITY.issue(folder, "new", Instant.now().plus(Duration.ofDays(3)));
        assertRefused(early, early.chain(), "isn't valid before");
    }

    @Test
    void a_key_that_is_anothers_encrypted_or_broken_is_named_but_not_told() throws IOException {
        String own = Files.readString(files.key());
        String line = own.lines().skip(1).findFirst().orElseThrow();
        TestAuthority.Pem another = AUTHORITY.issue(folder, "another");
        Files.copy(another.key(), files.key(), StandardCopyOption.REPLACE_EXISTING);
        assertRefused(files, files.key(), "isn't the one of the certificate in " + files.chain());
        Files.writeString(files.key(), own.replace("PRIVATE KEY", "ENCRYPTED PRIVATE KEY"));
        assertRefused(files, files.key(), "openssl pkcs8 -topk8 -nocrypt");
        Files.writeString(files.key(), own.replace(line, line.substring(8)));
        assertRefused(files, files.key(), "can't be read as one of EC");
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, files::identity);
        assertFalse(refused.toString().contains(line.substring(8)), refused::toString);
    }

    @Test
    void rsa_keys_are_taken_too() throws IOException, GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2_048);
        var keys = generator.generateKeyPair();
        Instant now = Instant.now();
        X509Certificate certificate = AUTHORITY.certificate(keys, "orders", now.minusSeconds(60), now.plusSeconds(600));
        Files.writeString(files.chain(), TestAuthority.pem("CERTIFICATE", certificate.getEncoded()));
        Files.writeString(
                files.key(), TestAuthority.pem("PRIVATE KEY", keys.getPrivate().getEncoded()));
        assertEquals("orders", files.identity().name());
    }

    private static Optional<String> named(String common, TestAuthority.Alternative... alternatives) {
        Instant now = Instant.now();
        return CertificateNames.of(
                AUTHORITY.certificate(TestAuthority.keys(), common, now, now.plusSeconds(60), alternatives));
    }

    @Test
    void a_certificate_tells_one_name() {
        var uri = TestAuthority.Alternative.uri("spiffe://shop/orders");
        var dns = TestAuthority.Alternative.dns("orders.internal");
        var wildcard = TestAuthority.Alternative.dns("*.internal");
        var localhost = TestAuthority.Alternative.dns("localhost");
        assertEquals(Optional.of("spiffe://shop/orders"), named("common", dns, uri));
        assertEquals(Optional.of("orders.internal"), named("common", localhost, wildcard, dns));
        assertEquals(Optional.of("common"), named("common", localhost, wildcard));
        assertEquals(Optional.of("common"), named("common"));
        assertEquals(Optional.empty(), named(" "));
    }

    @Test
    void no_certificate_passes_for_plain_text() {
        assertEquals(Optional.empty(), named("plaintext"));
    }

    @Test
    void addresses_of_this_machine_are_told_from_others() throws UnknownHostException {
        assertTrue(PlainText.isHere(Optional.of(at(127, 0, 0, 1))));
        assertTrue(PlainText.isHere(Optional.of(at(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1))));
        assertTrue(PlainText.isHere(Optional.of(new InProcess())));
        assertFalse(PlainText.isHere(Optional.of(at(192, 0, 2, 1))));
        assertFalse(PlainText.isHere(Optional.of(InetSocketAddress.createUnresolved("localhost", 1))));
        assertFalse(PlainText.isHere(Optional.empty()));
    }

    private static SocketAddress at(int... parts) throws UnknownHostException {
        byte[] bytes = new byte[parts.length];
        for (int i = 0; i < parts.length; i++) {
            bytes[i] = (byte) parts[i];
        }
        return new InetSocketAddress(InetAddress.getByAddress(bytes), 1);
    }

    private static final class InProcess extends SocketAddress {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void plain_text_is_not_sent_beyond_the_loopback_unless_forced() {
        for (String address :
                new String[] {"192.0.2.1:7400", "dns:///[2001:db8::1]:7400", "no-such.invalid:7400", "x y"}) {
            IllegalArgumentException refused = assertThrows(
                    IllegalArgumentException.class, () -> Identity.plainText().channel(address, "shop"));
            assertTrue(String.valueOf(refused.getMessage()).contains(address.equals("x y") ? "localhost:7400" : "TLS"));
        }
        for (String address : new String[] {"localhost:1", "127.0.0.1:1", "[::1]:1", "dns:///localhost:1"}) {
            Identity.plainText().channel(address, "shop").shutdownNow();
        }
        Identity.plainTextBeyondLoopback().channel("192.0.2.1:7400", "shop").shutdownNow();
    }

    @Test
    void a_call_of_nobody_is_refused() {
        Refusals refusals = new Refusals();
        assertThrows(StatusException.class, () -> new PlainText(false, refusals).caller(Attributes.EMPTY));
        assertEquals(1, refusals.refused(Refusals.Kind.UNPROTECTED));
    }

    @Test
    void a_line_stays_one_line_and_the_log_is_not_filled() {
        Refusals refusals = new Refusals();
        try (Heard heard = new Heard()) {
            for (int i = 0; i < 1_000; i++) {
                refusals.count(Refusals.Kind.MALFORMED, "peer" + i, "first\nWARN forged " + "x".repeat(10_000));
            }
            assertEquals(1_000, refusals.refused(Refusals.Kind.MALFORMED));
            assertEquals(100, heard.text().lines().count());
            assertTrue(heard.text().length() < 100_000);
        }
    }
}
