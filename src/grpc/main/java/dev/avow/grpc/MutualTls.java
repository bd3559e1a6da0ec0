package dev.avow.grpc;

import io.grpc.Attributes;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.ServerCredentials;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.TlsChannelCredentials;
import io.grpc.TlsServerCredentials;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/** Both ends show certificates, which the trusted roots must vouch for. */
record MutualTls(Credentials own, Refusals refusals) implements Protection {
    @Override
    public String name() {
        return own.name();
    }

    @Override
    public ChannelCredentials toCall(Place place) {
        return TlsChannelCredentials.newBuilder()
                .keyManager(own.key())
                .trustManager(new Vetting(own.roots(), Optional.of(place), refusals))
                .build();
    }

    @Override
    public ServerCredentials toServe() {
        return TlsServerCredentials.newBuilder()
                .keyManager(own.key())
                .trustManager(new Vetting(own.roots(), Optional.empty(), refusals))
                .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
                .build();
    }

    @Override
    public String caller(Attributes connection) throws StatusException {
        return certified(connection).orElseThrow(() -> nobody(connection));
    }

    private static Optional<String> certified(Attributes connection) {
        Optional<SSLSession> session = Optional.ofNullable(connection.get(Grpc.TRANSPORT_ATTR_SSL_SESSION));
        if (session.isEmpty()) {
            return Optional.empty();
        }
        try {
            return CertificateNames.of((X509Certificate) session.get().getPeerCertificates()[0]);
        } catch (SSLPeerUnverifiedException none) {
            return Optional.empty();
        }
    }

    @Override
    public String named(Attributes connection) {
        return certified(connection).map(name -> "\"" + name + "\"").orElseGet(() -> Callers.host(connection));
    }

    private StatusException nobody(Attributes connection) {
        String what = "a call without TLS, or without a certificate that names somebody";
        refusals.count(Refusals.Kind.UNPROTECTED, Callers.host(connection), what);
        return Status.UNAUTHENTICATED
                .withDescription(what + ": this server takes calls over mutual TLS only; serve it by Identity.server"
                        + " and call it by Identity.channel")
                .asException();
    }

    @Override
    public String expected(String name) {
        return name;
    }

    /** Never the key. */
    @Override
    public String toString() {
        return "mutual TLS as \"" + name() + "\"";
    }
}
