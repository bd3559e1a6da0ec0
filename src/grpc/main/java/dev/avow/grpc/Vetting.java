package dev.avow.grpc;

import java.net.Socket;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * Judges the other end's certificate: the roots must vouch for it, and where one identity is expected it must be that one's.
 * That stands in the place of the check of the host's name: services are told apart by what they are, wherever they run.
 */
final class Vetting extends X509ExtendedTrustManager {
    private static final int DEEPEST_CAUSE = 10;

    private final X509TrustManager roots;
    private final Optional<Place> expected;
    private final Refusals refusals;

    /** @param expected who must answer, of a channel; a server takes all that the roots vouch for */
    Vetting(X509TrustManager roots, Optional<Place> expected, Refusals refusals) {
        this.roots = roots;
        this.expected = expected;
        this.refusals = refusals;
    }

    /** One of the checks of the roots. */
    @FunctionalInterface
    private interface Check {
        void of(X509Certificate[] chain, String algorithm) throws CertificateException;
    }

    private void vet(X509Certificate[] chain, String algorithm, Check check) throws CertificateException {
        try {
            check.of(chain, algorithm);
        } catch (CertificateException refused) {
            boolean isExpired = isExpired(refused);
            CertificateException told = refuse(
                    isExpired ? Refusals.Kind.EXPIRED_CERTIFICATE : Refusals.Kind.FOREIGN_CERTIFICATE,
                    chain,
                    isExpired
                            ? "its certificate is valid from "
                                    + chain[0].getNotBefore().toInstant() + " to "
                                    + chain[0].getNotAfter().toInstant()
                                    + " only, or one that vouches for it isn't valid"
                            : "its certificate isn't vouched for by the trusted roots: " + refused.getMessage());
            told.initCause(refused);
            throw told;
        }
        if (expected.isPresent()) {
            requireExpected(chain, expected.get());
        }
    }

    private void requireExpected(X509Certificate[] chain, Place place) throws CertificateException {
        Optional<String> name = CertificateNames.of(chain[0]);
        if (!name.equals(Optional.of(place.identity()))) {
            throw refuse(
                    Refusals.Kind.WRONG_IDENTITY,
                    chain,
                    "\"" + place.identity() + "\" was expected at " + place.address()
                            + ", but the certificate there names "
                            + name.map(found -> "\"" + found + "\"").orElse("nobody"));
        }
    }

    private CertificateException refuse(Refusals.Kind kind, X509Certificate[] chain, String what) {
        String who = CertificateNames.of(chain[0]).orElse("(nobody)");
        refusals.count(kind, "\"" + who + "\"", what);
        return new CertificateException("\"" + who + "\" is refused: " + what);
    }

    private static boolean isExpired(Throwable refused) {
        Optional<Throwable> cause = Optional.of(refused);
        for (int depth = 0; cause.isPresent() && depth < DEEPEST_CAUSE; depth++) {
            Throwable found = cause.get();
            if (found instanceof CertificateExpiredException
                    || found instanceof CertificateNotYetValidException
                    || (found instanceof CertPathValidatorException path
                            && (path.getReason() == CertPathValidatorException.BasicReason.EXPIRED
                                    || path.getReason() == CertPathValidatorException.BasicReason.NOT_YET_VALID))) {
                return true;
            }
            cause = Optional.ofNullable(found.getCause());
        }
        return false;
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String algorithm) throws CertificateException {
        vet(chain, algorithm, roots::checkClientTrusted);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String algorithm, Socket socket)
            throws CertificateException {
        checkClientTrusted(chain, algorithm);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String algorithm, SSLEngine engine)
            throws CertificateException {
        checkClientTrusted(chain, algorithm);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String algorithm) throws CertificateException {
        vet(chain, algorithm, roots::checkServerTrusted);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String algorithm, Socket socket)
            throws CertificateException {
        checkServerTrusted(chain, algorithm);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String algorithm, SSLEngine engine)
            throws CertificateException {
        checkServerTrusted(chain, algorithm);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return roots.getAcceptedIssuers();
    }
}
