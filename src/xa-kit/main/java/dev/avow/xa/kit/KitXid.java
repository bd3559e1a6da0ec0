package dev.avow.xa.kit;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.transaction.xa.Xid;

/** A branch of the kit's own, told by its format from those of any coordinator. Unlike any other before it. */
final class KitXid implements Xid {
    /** "AKIT" in ASCII. */
    private static final int FORMAT_ID = 0x414B4954;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final byte[] gtrid;
    private final byte[] bqual = {1};

    KitXid() {
        gtrid = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(RANDOM.nextLong())
                .putLong(RANDOM.nextLong())
                .array();
    }

    /** Whether the other one names the same branch; drivers return classes of their own. */
    boolean isNamed(Xid other) {
        return other.getFormatId() == FORMAT_ID
                && Arrays.equals(other.getGlobalTransactionId(), gtrid)
                && Arrays.equals(other.getBranchQualifier(), bqual);
    }

    @Override
    public int getFormatId() {
        return FORMAT_ID;
    }

    @Override
    public byte[] getGlobalTransactionId() {
        return gtrid.clone();
    }

    @Override
    public byte[] getBranchQualifier() {
        return bqual.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Xid xid && isNamed(xid);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(gtrid);
    }

    @Override
    public String toString() {
        return "kit-" + Long.toHexString(ByteBuffer.wrap(gtrid).getLong());
    }
}
