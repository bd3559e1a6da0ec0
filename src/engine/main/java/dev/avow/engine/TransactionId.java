package dev.avow.engine;

import java.nio.ByteBuffer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of one transaction, unique over all coordinators and all their restarts: 16 bytes.
 *
 * <pre>
 *   0                           6                   10                          16
 *   +---------------------------+-------------------+---------------------------+
 *   | coordinator: 48 random    | incarnation: 32   | sequence: 48              |
 *   +---------------------------+-------------------+---------------------------+
 *   |&lt;------------ high ------------->|&lt;--------------- low -------------------&gt;|
 * </pre>
 *
 * <p>The coordinator's number is drawn once and kept in its log; the incarnation grows with each opening of that log;
 * the sequence counts within one incarnation. No two can therefore be equal, whatever a crash forgets. Ids of one
 * coordinator compare in the order in which their transactions began. As text: {@code 3f9c02ab17de-7-42}.
 *
 * @param high the first eight bytes, big-endian
 * @param low the last eight bytes, big-endian
 */
public record TransactionId(long high, long low) implements Comparable<TransactionId> {

    /** The length of {@link #toBytes()}. */
    public static final int BYTES = 16;

    private static final long MAX_48_BITS = (1L << 48) - 1;
    private static final Pattern TEXT = Pattern.compile("([0-9a-f]{12})-(0|[1-9][0-9]{0,9})-(0|[1-9][0-9]{0,14})");

    /**
     * From its bits as drawn.
     *
     * @throws IllegalArgumentException if the incarnation in them is negative: no log ever gave out such an id
     */
    public TransactionId {
        if ((high & 0x8000) != 0) {
            throw new IllegalArgumentException("transaction id " + Long.toHexString(high) + " " + Long.toHexString(low)
                    + " holds a negative incarnation: it isn't an Avow id");
        }
    }

    /**
     * From its parts.
     *
     * @throws IllegalArgumentException if a part is negative or doesn't fit its bits
     */
    public static TransactionId of(long coordinator, int incarnation, long sequence) {
        require48Bits("coordinator", coordinator);
        require48Bits("sequence", sequence);
        if (incarnation < 0) {
            throw new IllegalArgumentException("incarnation " + incarnation + " is negative");
        }
        return new TransactionId(
                coordinator << 16 | incarnation >>> 16, (long) (incarnation & 0xFFFF) << 48 | sequence);
    }

    private static void require48Bits(String part, long value) {
        if (value < 0 || value > MAX_48_BITS) {
            throw new IllegalArgumentException(part + " " + value + " isn't within 0 and " + MAX_48_BITS);
        }
    }

    public long coordinator() {
        return high >>> 16;
    }

    /** The coordinator's number as it stands in {@link #toString()}: 12 hexadecimal digits. */
    public String coordinatorText() {
        String hex = Long.toHexString(coordinator());
        return "0".repeat(12 - hex.length()) + hex;
    }

    public int incarnation() {
        return (int) (high & 0xFFFF) << 16 | (int) (low >>> 48);
    }

    public long sequence() {
        return low & MAX_48_BITS;
    }

    public byte[] toBytes() {
        return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
    }

    /**
     * The inverse of {@link #toBytes()}.
     *
     * @throws IllegalArgumentException if these aren't the 16 bytes of an id
     */
    public static TransactionId fromBytes(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a transaction id has 16 bytes, not " + bytes.length);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new TransactionId(buffer.getLong(), buffer.getLong());
    }

    /**
     * The inverse of {@link #toString()}.
     *
     * @throws IllegalArgumentException if the text isn't exactly what that gives
     */
    public static TransactionId parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" isn't a transaction id: write it like"
                    + " 3f9c02ab17de-7-42 (12 hexadecimal digits, incarnation, sequence)");
        }
        long incarnation = Long.parseLong(matcher.group(2));
        if (incarnation > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("\"" + text + "\" isn't a transaction id: incarnation " + incarnation
                    + " is above " + Integer.MAX_VALUE);
        }
        return of(Long.parseLong(matcher.group(1), 16), (int) incarnation, Long.parseLong(matcher.group(3)));
    }

    @Override
    public int compareTo(TransactionId other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    @Override
    public String toString() {
        return coordinatorText() + "-" + incarnation() + "-" + sequence();
    }
}
