package dev.avow.xa;

import dev.avow.engine.TransactionId;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import javax.transaction.xa.Xid;

/**
 * The XA name of one branch: which transaction, and which participant's part of it. A resource keeps it through crashes
 * and gives it back at recovery, so its layout never changes.
 *
 * <pre>
 *   formatId                0x41564F57, "AVOW" in ASCII
 *
 *   gtrid                   0                           6                   10                          16
 *                           +---------------------------+-------------------+---------------------------+
 *                           | coordinator: 48 random    | incarnation: 32   | sequence: 48              |
 *                           +---------------------------+-------------------+---------------------------+
 *                           the bytes of {@link TransactionId}
 *
 *   bqual                   0                                           1 to 64
 *                           +-------------------------------------------+
 *                           | the participant's name in UTF-8           |
 *                           +-------------------------------------------+
 * </pre>
 *
 * <p>The name stands there in full rather than hashed: whoever lists a database's prepared transactions can read it.
 * Immutable; equal to any {@link Xid} with these three parts.
 */
public final class AvowXid implements Xid {
    /** "AVOW" in ASCII. Not -1, which is X/Open's mark of a null XID, nor 0, its mark of an OSI CCR name. */
    public static final int FORMAT_ID = 0x41564F57;

    private final TransactionId id;
    private final String participant;
    private final byte[] bqual;

    private AvowXid(TransactionId id, String participant, byte[] bqual) {
        this.id = id;
        this.participant = participant;
        this.bqual = bqual;
    }

    /**
     * Names the part of this participant in this transaction.
     *
     * @throws IllegalArgumentException if the name is blank, longer than 64 bytes of UTF-8, or no valid Unicode
     */
    public static AvowXid of(TransactionId id, String participant) {
        return of(id, participant, qualifier(participant));
    }

    /** @param qualifier this participant's, which is never changed */
    static AvowXid of(TransactionId id, String participant, byte[] qualifier) {
        return new AvowXid(id, participant, qualifier);
    }

    /** The transaction of this branch; empty if it is a branch of another transaction manager or another participant. */
    public static Optional<TransactionId> read(Xid xid, String participant) {
        if (xid.getFormatId() != FORMAT_ID || !Arrays.equals(xid.getBranchQualifier(), qualifier(participant))) {
            return Optional.empty();
        }
        try {
            return Optional.of(TransactionId.fromBytes(xid.getGlobalTransactionId()));
        } catch (IllegalArgumentException foreign) {
            // The format id is no registry: another program may have chosen the same four letters.
            return Optional.empty();
        }
    }

    static byte[] qualifier(String participant) {
        byte[] bytes = participant.getBytes(StandardCharsets.UTF_8);
        if (participant.isBlank() || bytes.length > MAXBQUALSIZE) {
            throw new IllegalArgumentException("participant \"" + participant + "\" has a name of " + bytes.length
                    + " bytes: its branches carry it, so use 1 to " + MAXBQUALSIZE + " bytes of UTF-8");
        }
        if (!new String(bytes, StandardCharsets.UTF_8).equals(participant)) {
            throw new IllegalArgumentException(
                    "participant \"" + participant + "\" isn't valid Unicode: it holds half of a surrogate pair");
        }
        return bytes;
    }

    public TransactionId id() {
        return id;
    }

    public String participant() {
        return participant;
    }

    @Override
    public int getFormatId() {
        return FORMAT_ID;
    }

    @Override
    public byte[] getGlobalTransactionId() {
        return id.toBytes();
    }

    @Override
    public byte[] getBranchQualifier() {
        return bqual.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Xid xid
                && xid.getFormatId() == FORMAT_ID
                && Arrays.equals(xid.getGlobalTransactionId(), id.toBytes())
                && Arrays.equals(xid.getBranchQualifier(), bqual);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(id.toBytes()) + Arrays.hashCode(bqual);
    }

    /** The transaction's id and the participant, such as {@code 3f9c02ab17de-7-42/orders}. */
    @Override
    public String toString() {
        return id + "/" + participant;
    }
}
