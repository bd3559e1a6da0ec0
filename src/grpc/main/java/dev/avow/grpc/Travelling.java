package dev.avow.grpc;

import dev.avow.engine.TransactionId;
import io.grpc.Metadata;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What travels with a call that works for a transaction, in its headers.
 *
 * <pre>
 *   avow-transaction-bin        the id's 16 bytes
 *   avow-transaction-name-bin   the user's own name for it, in UTF-8, of a long one the beginning
 *   avow-coordinator            where its coordinator is reached, as the participant's side resolves it
 * </pre>
 *
 * @param caller whose call it is: the coordinator's, whose transactions travel one hop
 */
record Travelling(TransactionId id, String name, String coordinator, String caller) {
    private static final int LONGEST_NAME = 256;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final Metadata.Key<byte[]> ID =
            Metadata.Key.of("avow-transaction-bin", Metadata.BINARY_BYTE_MARSHALLER);
    private static final Metadata.Key<byte[]> NAME =
            Metadata.Key.of("avow-transaction-name-bin", Metadata.BINARY_BYTE_MARSHALLER);
    private static final Metadata.Key<String> COORDINATOR =
            Metadata.Key.of("avow-coordinator", Metadata.ASCII_STRING_MARSHALLER);

    void putInto(Metadata headers) {
        headers.put(ID, id.toBytes());
        headers.put(NAME, shortened(name).getBytes(StandardCharsets.UTF_8));
        headers.put(COORDINATOR, coordinator);
    }

    /** Servers refuse large headers, and it serves messages only. */
    private static String shortened(String name) {
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    }

    /** It comes into messages and log lines, and mustn't look like one. */
    private static String printable(String name) {
        return CONTROL.matcher(name).replaceAll("?");
    }

    /**
     * Empty if the call works for none.
     *
     * @throws IllegalArgumentException if it says so in part, or wrongly
     */
    static Optional<Travelling> readFrom(Metadata headers, String caller) {
        Optional<byte[]> id = Optional.ofNullable(headers.get(ID));
        Optional<String> coordinator = Optional.ofNullable(headers.get(COORDINATOR));
        if (id.isEmpty() && coordinator.isEmpty()) {
            return Optional.empty();
        }
        if (id.isEmpty() || coordinator.isEmpty()) {
            throw new IllegalArgumentException("a call for a transaction needs the headers avow-transaction-bin and"
                    + " avow-coordinator; this one has only one of them");
        }
        TransactionId transaction = TransactionId.fromBytes(id.get());
        String name = Optional.ofNullable(headers.get(NAME))
                .map(bytes -> shortened(printable(new String(bytes, StandardCharsets.UTF_8))))
                .orElseGet(transaction::toString);
        return Optional.of(new Travelling(transaction, name, Addresses.required(coordinator.get()), caller));
    }
}
