package dev.avow.grpc;

import io.grpc.Attributes;
import io.grpc.ChannelCredentials;
import io.grpc.ServerCredentials;
import io.grpc.StatusException;

/** How connections are protected, and how one knows who is at their other end. */
sealed interface Protection permits PlainText, MutualTls {
    /** One's own name. */
    String name();

    /**
     * For a channel to this place, where nobody else may answer.
     *
     * @throws IllegalArgumentException if it may not be called at all
     */
    ChannelCredentials toCall(Place place);

    ServerCredentials toServe();

    /**
     * Who has made this call.
     *
     * @param connection the call's attributes
     * @throws StatusException if that one may not, or is nobody
     */
    String caller(Attributes connection) throws StatusException;

    /** What to call whoever is at the other end of a connection, trusted or not, in a log line. */
    String named(Attributes connection);

    /** The identity to be expected of whoever is called so, if nothing else is said. */
    String expected(String name);
}
