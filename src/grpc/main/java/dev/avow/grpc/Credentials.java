package dev.avow.grpc;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * A certificate with its key, and the roots that others are judged by; read from files, and found to fit each other.
 *
 * @param name {@link CertificateNames}
 */
record Credentials(String name, KeyManager key, X509TrustManager roots) {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

    /** @throws IllegalArgumentException if a file can't be read, is something else, doesn't fit, or isn't valid today */
    static Credentials read(Path chainFile, Path keyFile, Path rootsFile) {
        List<X509Certificate> chain = certificates(chainFile);
        X509Certificate own = chain.get(0);
        requireValid(own, chainFile);
        PrivateKey key = key(keyFile, own.getPublicKey().getAlgorithm());
        requirePair(own, chainFile, key, keyFile);
        String name = CertificateNames.of(own)
                .orElseThrow(() -> wrong(
                        chainFile,
                        "the certificate names nobody",
                        "give it a URI or DNS name (subjectAltName), or a common name"));
        try {
            return new Credentials(name, keyManager(chain, key), trust(certificates(rootsFile)));
        } catch (GeneralSecurityException | IOException failure) {
            throw wrong(chainFile, "the certificate can't be used: " + failure, "use an RSA or EC key");
        }
    }

    private static List<X509Certificate> certificates(Path file) {
        String text = text(file);
        if (!text.contains("-----BEGIN CERTIFICATE-----")) {
            throw wrong(file, "there is no certificate in it", "it has to be in PEM, -----BEGIN CERTIFICATE-----");
        }
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (GeneralSecurityException failure) {
            throw wrong(file, "a certificate in it can't be read", "write it anew, in PEM");
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException failure) {
            throw new IllegalArgumentException(
                    file + " can't be read: " + failure + ": give its path, and this process the rights", failure);
        }
    }

    private static void requireValid(X509Certificate certificate, Path file) {
        try {
            certificate.checkValidity();
        } catch (CertificateExpiredException expired) {
            throw wrong(
                    file,
                    "the certificate has expired on "
                            + certificate.getNotAfter().toInstant(),
                    "have it renewed");
        } catch (CertificateNotYetValidException early) {
            throw wrong(
                    file,
                    "the certificate isn't valid before "
                            + certificate.getNotBefore().toInstant(),
                    "look at this machine's clock, or wait");
        }
    }

    /** Without a word of what stands in the file: it may be all of the key but one letter. */
    private static PrivateKey key(Path file, String algorithm) {
        Matcher key = KEY.matcher(text(file));
        if (!key.find()) {
            throw wrong(
                    file,
                    "there is no private key in it that can be read",
                    "it has to be PKCS#8 in PEM, -----BEGIN PRIVATE KEY-----, not encrypted: openssl pkcs8 -topk8 -nocrypt");
        }
        try {
            byte[] encoded = Base64.getMimeDecoder().decode(key.group(1));
            return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException | IllegalArgumentException failure) {
            throw wrong(file, "the private key can't be read as one of " + algorithm, "take the certificate's own");
        }
    }

    private static void requirePair(X509Certificate certificate, Path chainFile, PrivateKey key, Path keyFile) {
        String algorithm = switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
        byte[] text = "avow".getBytes(StandardCharsets.US_ASCII);
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(text);
            if (signature.verify(signed)) {
                return;
            }
        } catch (GeneralSecurityException failure) {
            throw wrong(keyFile, "the private key can't sign by " + algorithm, "use an RSA or EC key");
        }
        throw wrong(keyFile, "the private key isn't the one of the certificate in " + chainFile, "take its own");
    }

    private static KeyManager keyManager(List<X509Certificate> chain, PrivateKey key)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, new char[0]);
        store.setKeyEntry("own", key, new char[0], chain.toArray(new Certificate[0]));
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, new char[0]);
        return factory.getKeyManagers()[0];
    }

    private static X509TrustManager trust(List<X509Certificate> roots) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, new char[0]);
        for (int i = 0; i < roots.size(); i++) {
            store.setCertificateEntry("root" + i, roots.get(i));
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return Arrays.stream(factory.getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .findFirst()
                .orElseThrow(() -> new GeneralSecurityException("this JDK has no trust manager for certificates"));
    }

    private static IllegalArgumentException wrong(Path file, String what, String help) {
        return new IllegalArgumentException(file + ": " + what + ": " + help);
    }

    /** Never the key. */
    @Override
    public String toString() {
        return "the certificate of \"" + name + "\"";
    }
}
