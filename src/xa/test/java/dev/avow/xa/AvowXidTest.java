package dev.avow.xa;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.TransactionId;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.transaction.xa.Xid;
import org.junit.jupiter.api.Test;

final class AvowXidTest {
    private static final TransactionId ID = TransactionId.of(0x3f9c02ab17deL, 7, 42);

    /** As a driver would give it back. */
    private static final class Foreign implements Xid {
        private final int formatId;
        private final byte[] gtrid;
        private final byte[] bqual;

        Foreign(int formatId, byte[] gtrid, byte[] bqual) {
            this.formatId = formatId;
            this.gtrid = gtrid;
            this.bqual = bqual;
        }

        @Override
        public int getFormatId() {
            return formatId;
        }

        @Override
        public byte[] getGlobalTransactionId() {
            return gtrid;
        }

        @Override
        public byte[] getBranchQualifier() {
            return bqual;
        }
    }

    private static Foreign copyOf(Xid xid) {
        return new Foreign(xid.getFormatId(), xid.getGlobalTransactionId(), xid.getBranchQualifier());
    }

    @Test
    void it_is_read_back_from_its_three_parts() {
        AvowXid xid = AvowXid.of(ID, "orders");
        assertEquals(Optional.of(ID), AvowXid.read(copyOf(xid), "orders"));
    }

    @Test
    void its_layout_is_the_one_that_resources_already_hold() {
        AvowXid xid = AvowXid.of(ID, "bücher");
        assertEquals("AVOW", new String(intBytes(xid.getFormatId()), StandardCharsets.US_ASCII));
        assertArrayEquals(ID.toBytes(), xid.getGlobalTransactionId());
        assertArrayEquals("bücher".getBytes(StandardCharsets.UTF_8), xid.getBranchQualifier());
        assertEquals("3f9c02ab17de-7-42/bücher", xid.toString());
    }

    private static byte[] intBytes(int value) {
        return new byte[] {(byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value};
    }

    @Test
    void other_transaction_managers_and_other_participants_are_not_read() {
        AvowXid xid = AvowXid.of(ID, "orders");
        assertEquals(Optional.empty(), AvowXid.read(xid, "payments"));
        assertEquals(
                Optional.empty(),
                AvowXid.read(new Foreign(131077, xid.getGlobalTransactionId(), xid.getBranchQualifier()), "orders"));
    }

    @Test
    void what_only_looks_like_ours_is_not_read() {
        byte[] bqual = "orders".getBytes(StandardCharsets.UTF_8);
        byte[] negativeIncarnation = new byte[16];
        negativeIncarnation[6] = (byte) 0x80;
        assertEquals(Optional.empty(), AvowXid.read(new Foreign(AvowXid.FORMAT_ID, new byte[15], bqual), "orders"));
        assertEquals(
                Optional.empty(), AvowXid.read(new Foreign(AvowXid.FORMAT_ID, negativeIncarnation, bqual), "orders"));
    }

    @Test
    void it_equals_any_xid_with_its_parts() {
        AvowXid xid = AvowXid.of(ID, "orders");
        assertEquals(xid, AvowXid.of(ID, "orders"));
        assertEquals(xid.hashCode(), AvowXid.of(ID, "orders").hashCode());
        assertTrue(xid.equals((Object) copyOf(xid)));
        assertNotEquals(xid, AvowXid.of(ID, "payments"));
        assertNotEquals(xid, AvowXid.of(TransactionId.of(0x3f9c02ab17deL, 7, 43), "orders"));
    }

    @Test
    void its_bytes_cannot_be_changed_from_outside() {
        AvowXid xid = AvowXid.of(ID, "orders");
        xid.getGlobalTransactionId()[0] = 99;
        xid.getBranchQualifier()[0] = 99;
        assertEquals(Optional.of(ID), AvowXid.read(xid, "orders"));
    }

    @Test
    void a_name_of_64_bytes_fits_and_one_of_65_is_refused_with_its_length() {
        assertEquals(64, AvowXid.of(ID, "ü".repeat(32)).getBranchQualifier().length);
        var refusal = assertThrows(
                IllegalArgumentException.class, () -> XaParticipant.of("ü".repeat(32) + "x", new ScriptedResource()));
        assertTrue(String.valueOf(refusal.getMessage()).contains("65 bytes"), refusal::toString);
    }

    @Test
    void a_name_that_would_not_come_back_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> XaParticipant.of(" ", new ScriptedResource()));
        assertThrows(IllegalArgumentException.class, () -> XaParticipant.of("a\ud800", new ScriptedResource()));
    }
}
