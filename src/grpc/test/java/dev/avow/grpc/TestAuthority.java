package dev.avow.grpc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;

/** A root, and the certificates that it vouches for. The JDK can make keys, but its certificates only by a slow command. */
final class TestAuthority {
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final byte[] COMMON_NAME = {0x55, 0x04, 0x03};
    private static final byte[] ALTERNATIVE_NAME = {0x55, 0x1D, 0x11};
    private static final byte[] BASIC_CONSTRAINTS = {0x55, 0x1D, 0x13};
    private static final byte[] ECDSA_WITH_SHA256 = {0x2A, (byte) 0x86, 0x48, (byte) 0xCE, 0x3D, 0x04, 0x03, 0x02};

    private final String name;
    private final KeyPair keys = keys();

    TestAuthority(String name) {
        this.name = name;
    }

    /** PEM files. */
    record Pem(Path chain, Path key, Path roots) {
        Identity identity() {
            return Identity.of(chain, key, roots);
        }
    }

    /** A name in a certificate. */
    record Alternative(int tag, String text) {
        static Alternative dns(String text) {
            return new Alternative(0x82, text);
        }

        static Alternative uri(String text) {
            return new Alternative(0x86, text);
        }
    }

    static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Valid from an hour ago for a day, with this DNS name. */
    Pem issue(Path folder, String service) throws IOException {
        return issue(folder, service, Instant.now().minus(Duration.ofHours(1)));
    }

    Pem issue(Path folder, String service, Instant from) throws IOException {
        KeyPair owner = keys();
        X509Certificate certificate =
                certificate(owner, service, from, from.plus(Duration.ofDays(1)), Alternative.dns(service));
        Path directory = Files.createDirectories(folder.resolve(service + "-" + name));
        Pem files =
                new Pem(directory.resolve("chain.pem"), directory.resolve("key.pem"), directory.resolve("roots.pem"));
        Files.writeString(files.chain(), pem("CERTIFICATE", encoded(certificate)));
        Files.writeString(files.key(), pem("PRIVATE KEY", owner.getPrivate().getEncoded()));
        Files.writeString(files.roots(), pem("CERTIFICATE", encoded(root())));
        return files;
    }

    private X509Certificate root() {
        Instant now = Instant.now();
        return signed(keys, name, now.minus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)), constraints());
    }

    X509Certificate certificate(KeyPair owner, String common, Instant from, Instant to, Alternative... alternatives) {
        return signed(owner, common, from, to, alternatives.length == 0 ? new byte[0] : names(alternatives));
    }

    static String pem(String what, byte[] bytes) {
        return "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END " + what
                + "-----\n";
    }

    private static byte[] encoded(X509Certificate certificate) {
        try {
            return certificate.getEncoded();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** RFC 5280, section 4.1. */
    private X509Certificate signed(KeyPair owner, String common, Instant from, Instant to, byte[] extension) {
        byte[] algorithm = der(0x30, der(0x06, ECDSA_WITH_SHA256));
        byte[] content = der(
                0x30,
                der(0xA0, der(0x02, new byte[] {2})),
                der(
                        0x02,
                        BigInteger.valueOf(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE))
                                .toByteArray()),
                algorithm,
                commonName(name),
                der(0x30, der(0x17, ascii(UTC.format(from))), der(0x17, ascii(UTC.format(to)))),
                commonName(common),
                owner.getPublic().getEncoded(),
                extension.length == 0 ? extension : der(0xA3, der(0x30, extension)));
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(content);
            byte[] whole = der(0x30, content, algorithm, der(0x03, new byte[] {0}, signature.sign()));
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
        } catch (GeneralSecurityException wrong) {
            throw new IllegalStateException(wrong);
        }
    }

    private static byte[] constraints() {
        byte[] authority = der(0x30, der(0x01, new byte[] {(byte) 0xFF}));
        return der(0x30, der(0x06, BASIC_CONSTRAINTS), der(0x01, new byte[] {(byte) 0xFF}), der(0x04, authority));
    }

    private static byte[] names(Alternative... alternatives) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Alternative alternative : alternatives) {
            all.writeBytes(der(alternative.tag(), ascii(alternative.text())));
        }
        return der(0x30, der(0x06, ALTERNATIVE_NAME), der(0x04, der(0x30, all.toByteArray())));
    }

    private static byte[] commonName(String common) {
        byte[] text = common.getBytes(StandardCharsets.UTF_8);
        return der(0x30, der(0x31, der(0x30, der(0x06, COMMON_NAME), der(0x0C, text))));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(tag);
        int length = content.size();
        if (length > 0xFF) {
            whole.write(0x82);
            whole.write(length >> 8);
        } else if (length > 0x7F) {
            whole.write(0x81);
        }
        whole.write(length);
        whole.writeBytes(content.toByteArray());
        return whole.toByteArray();
    }
}
