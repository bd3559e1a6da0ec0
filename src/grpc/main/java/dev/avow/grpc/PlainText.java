package dev.avow.grpc;

import io.grpc.Attributes;
import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ServerCredentials;
import io.grpc.Status;
import io.grpc.StatusException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * No protection: everybody is trusted, and called the same.
 *
 * @param isForced whether other machines are, too
 */
record PlainText(boolean isForced, Refusals refusals) implements Protection {
    @Override
    public String name() {
        return Identity.PLAIN_TEXT;
    }

    @Override
    public ChannelCredentials toCall(Place place) {
        if (!isForced) {
            requireLoopback(place.address());
        }
        return InsecureChannelCredentials.create();
    }

    private static void requireLoopback(String address) {
        String host = host(address);
        InetAddress[] resolved;
        try {
            resolved = InetAddress.getAllByName(host);
        } catch (UnknownHostException unknown) {
            throw new IllegalArgumentException(
                    "\"" + host + "\" can't be resolved, so it isn't known to be this machine, beyond which plain text"
                            + " isn't sent: " + help(),
                    unknown);
        }
        if (!Arrays.stream(resolved).allMatch(InetAddress::isLoopbackAddress)) {
            throw new IllegalArgumentException("\"" + address + "\" is on another machine than this one's loopback ("
                    + Arrays.toString(resolved) + "), beyond which plain text isn't sent: " + help());
        }
    }

    private static String host(String address) {
        String authority = address.startsWith("dns:") ? address.substring(address.lastIndexOf('/') + 1) : address;
        Optional<String> host;
        try {
            host = Optional.ofNullable(URI.create("//" + authority).getHost());
        } catch (IllegalArgumentException malformed) {
            host = Optional.empty();
        }
        return host.filter(found -> !found.isEmpty())
                .orElseThrow(() -> new IllegalArgumentException(
                        "\"" + address + "\" isn't an address: write it like localhost:7400"));
    }

    private static String help() {
        return "use Identity.of(...), which is mutual TLS, or Identity.plainTextBeyondLoopback() where nobody else can"
                + " reach the network";
    }

    @Override
    public ServerCredentials toServe() {
        return InsecureServerCredentials.create();
    }

    @Override
    public String caller(Attributes connection) throws StatusException {
        Optional<SocketAddress> from = Optional.ofNullable(connection.get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
        if (!isForced && !isHere(from)) {
            String who = Callers.host(connection);
            refusals.count(Refusals.Kind.UNPROTECTED, who, "a call in plain text from another machine");
            throw Status.PERMISSION_DENIED
                    .withDescription(
                            "plain text is taken from this machine's loopback only, not from " + who + ": " + help())
                    .asException();
        }
        return name();
    }

    /** What is no address of a network is of this process, or a socket in this machine's file system. */
    static boolean isHere(Optional<SocketAddress> from) {
        return from.isPresent()
                && (!(from.get() instanceof InetSocketAddress internet)
                        || (!internet.isUnresolved() && internet.getAddress().isLoopbackAddress()));
    }

    @Override
    public String named(Attributes connection) {
        return Callers.host(connection);
    }

    @Override
    public String expected(String name) {
        return name();
    }
}
