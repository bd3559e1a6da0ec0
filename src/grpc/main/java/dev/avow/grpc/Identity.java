package dev.avow.grpc;

import io.grpc.BindableService;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.ServerBuilder;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Who this process is to other services, and by what it knows them: a certificate and the roots that theirs must come from. It
 * makes channels and servers; a process has one, for all of them. Safe for any number of threads.
 *
 * <p>A certificate says who its owner is by one name: of its subject alternative names the first URI; where there is none, the
 * first DNS name but localhost and wildcards; else the subject's common name. Give each service one of its own.
 */
public final class Identity {
    /** What everybody is called in plain text. No certificate's name. */
    static final String PLAIN_TEXT = "plaintext";

    /** The largest message that Avow's channels and servers take, in bytes: 256 answers, or 200,000 ids in doubt. */
    public static final int MOST_MESSAGE_BYTES = 4 << 20;

    private static final int MOST_HEADER_BYTES = 8 << 10;
    private static final int KEEPALIVE_SECONDS = 10;
    private static final int KEEPALIVE_PATIENCE_SECONDS = 5;
    private static final int HANDSHAKE_SECONDS = 10;

    private final Protection protection;
    private final Refusals refusals;
    private final Watching watching;

    private Identity(Protection protection, Refusals refusals, Watching watching) {
        this.protection = protection;
        this.refusals = refusals;
        this.watching = watching;
    }

    /**
     * Mutual TLS. The files are read once, here.
     *
     * @param certificateChain this service's certificate, and behind it those that lead to a root, in PEM
     * @param privateKey of the first; PKCS#8 in PEM, not encrypted: guard it by the rights of the file
     * @param trustedRoots who must have vouched for others' certificates, in PEM
     * @throws IllegalArgumentException if a file can't be read, is something else, doesn't fit, or isn't valid today
     */
    public static Identity of(Path certificateChain, Path privateKey, Path trustedRoots) {
        Refusals refusals = new Refusals();
        Credentials own = Credentials.read(certificateChain, privateKey, trustedRoots);
        return new Identity(new MutualTls(own, refusals), refusals, Watching.NOBODY);
    }

    /**
     * No protection, for tests and for services on one machine: whoever can open a connection there may order commits. Calls go
     * to loopback addresses and are taken from them only.
     */
    public static Identity plainText() {
        Refusals refusals = new Refusals();
        return new Identity(new PlainText(false, refusals), refusals, Watching.NOBODY);
    }

    /**
     * No protection, on any network: whoever reaches these services may order commits and read what is sent. Only where
     * something else sees to it that nobody does, such as a mesh with mutual TLS of its own.
     */
    public static Identity plainTextBeyondLoopback() {
        Refusals refusals = new Refusals();
        return new Identity(new PlainText(true, refusals), refusals, Watching.NOBODY);
    }

    /**
     * The same one, whose participants and coordinators this observer sees, and whoever observed before: to be used instead of
     * this, for all of them.
     */
    public Identity observedBy(ServiceObserver observer) {
        return new Identity(protection, refusals, watching.and(observer));
    }

    Watching watching() {
        return watching;
    }

    /** The name in its certificate. */
    public String name() {
        return protection.name();
    }

    /** What was refused to others over its channels and servers. */
    public Refusals refusals() {
        return refusals;
    }

    /**
     * A channel, with a keepalive. The caller's to shut down.
     *
     * @param expected the name in the certificate that must be shown there; no matter in plain text
     * @throws IllegalArgumentException if it is in plain text and the address isn't of this machine's loopback
     */
    public ManagedChannel channel(String address, String expected) {
        Place place = new Place(address, protection.expected(expected));
        return Grpc.newChannelBuilder(address, protection.toCall(place))
                .intercept(new WatchedCalls(place, refusals))
                .keepAliveTime(KEEPALIVE_SECONDS, TimeUnit.SECONDS)
                .keepAliveTimeout(KEEPALIVE_PATIENCE_SECONDS, TimeUnit.SECONDS)
                .maxInboundMessageSize(MOST_MESSAGE_BYTES)
                .maxInboundMetadataSize(MOST_HEADER_BYTES)
                .build();
    }

    ManagedChannel channel(Place place) {
        return channel(place.address(), place.identity());
    }

    /**
     * A server to which Avow's services and the application's own are to be added: it refuses everybody that this identity
     * doesn't trust. What it takes at most is {@link #MOST_MESSAGE_BYTES}; the builder can be told otherwise.
     *
     * @param port 0 for one that is free
     */
    public ServerBuilder<?> server(int port) {
        return Grpc.newServerBuilderForPort(port, protection.toServe())
                .intercept(callers())
                .addStreamTracerFactory(Watch.over(protection, refusals))
                .handshakeTimeout(HANDSHAKE_SECONDS, TimeUnit.SECONDS)
                .keepAliveTime(KEEPALIVE_SECONDS, TimeUnit.SECONDS)
                .keepAliveTimeout(KEEPALIVE_PATIENCE_SECONDS, TimeUnit.SECONDS)
                .permitKeepAliveTime(KEEPALIVE_PATIENCE_SECONDS, TimeUnit.SECONDS)
                .maxInboundMessageSize(MOST_MESSAGE_BYTES)
                .maxInboundMetadataSize(MOST_HEADER_BYTES);
    }

    /**
     * Tells those that this identity trusts which services a server has, and their messages, as {@code grpcurl} asks: the
     * standard reflection service (version 1). A server has it if this is added to it, and else not.
     */
    public BindableService reflection() {
        return guarded(ProtoReflectionServiceV1.newInstance());
    }

    /** Of somebody else's server, too: only who this identity trusts gets through. */
    BindableService guarded(BindableService service) {
        return () -> ServerInterceptors.intercept(service, callers());
    }

    ServerInterceptor callers() {
        return new Callers(protection);
    }

    /** The identity to be expected of whoever is called so, if nothing else is said. */
    String expected(String name) {
        return protection.expected(name);
    }

    /** Without any secret. */
    @Override
    public String toString() {
        return name();
    }
}
