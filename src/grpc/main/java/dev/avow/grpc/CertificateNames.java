package dev.avow.grpc;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/**
 * The one name in a certificate that says who its owner is: of its subject alternative names the first URI; where there is
 * none, the first DNS name that names one service, so neither localhost nor a wildcard; else the subject's common name.
 */
final class CertificateNames {
    private static final int DNS = 2;
    private static final int URI = 6;

    private CertificateNames() {}

    static Optional<String> of(X509Certificate certificate) {
        return first(certificate, URI)
                .or(() -> first(certificate, DNS))
                .or(() -> commonName(certificate))
                .filter(name -> !name.isBlank() && !name.equals(Identity.PLAIN_TEXT));
    }

    private static Optional<String> first(X509Certificate certificate, int type) {
        return alternatives(certificate)
                .filter(entry -> entry.get(0).equals(type))
                .map(entry -> String.valueOf(entry.get(1)))
                .filter(name -> type != DNS || namesOne(name))
                .findFirst();
    }

    private static boolean namesOne(String dns) {
        return !dns.equalsIgnoreCase("localhost") && !dns.startsWith("*");
    }

    private static Stream<List<?>> alternatives(X509Certificate certificate) {
        try {
            return Optional.ofNullable(certificate.getSubjectAlternativeNames()).stream()
                    .flatMap(Collection::stream);
        } catch (CertificateParsingException malformed) {
            return Stream.empty();
        }
    }

    private static Optional<String> commonName(X509Certificate certificate) {
        try {
            return new LdapName(certificate.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(part -> part.getType().equalsIgnoreCase("CN"))
                            .map(part -> String.valueOf(part.getValue()))
                            .reduce((outer, inner) -> inner);
        } catch (InvalidNameException malformed) {
            return Optional.empty();
        }
    }
}
