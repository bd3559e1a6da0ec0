package dev.avow.engine.log;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The head of a segment. The rest of its 4,096 bytes is zero, so that frames start on a page of their own.
 *
 * <pre>
 *   0        4        8                16       20       24       28       32
 *   +--------+--------+----------------+--------+--------+--------+--------+
 *   | kind   | format | owner          | incar- | index  | file's | CRC32C |
 *   | magic  | version| (48 bits)      | nation |        | length |        |
 *   +--------+--------+----------------+--------+--------+--------+--------+
 * </pre>
 *
 * Every field is known before it is read: from the incarnation file, the segment's name and its length. So the reader
 * makes the header that must stand there and compares, which finds a file that was cut, renamed or brought from
 * elsewhere. These bytes also begin the checksum of each frame header in the segment: no frame of another segment, nor
 * a copy of one inside a user's record, can pass for one of this.
 */
final class SegmentHeader {

    static final int FORMAT_VERSION = 1;
    static final int BYTES = 32;
    static final int PADDED_BYTES = 4_096;

    static byte[] encode(LogKind kind, long owner, SegmentName name, int fileBytes) {
        ByteBuffer header = ByteBuffer.allocate(BYTES)
                .putInt(kind.magic())
                .putInt(FORMAT_VERSION)
                .putLong(owner)
                .putInt(name.incarnation())
                .putInt(name.index())
                .putInt(fileBytes);
        CRC32C crc = new CRC32C();
        crc.update(header.array(), 0, BYTES - 4);
        return header.putInt((int) crc.getValue()).array();
    }

    static boolean checksumHolds(byte[] header) {
        CRC32C crc = new CRC32C();
        crc.update(header, 0, BYTES - 4);
        return ByteBuffer.wrap(header).getInt(BYTES - 4) == (int) crc.getValue();
    }

    static long owner(byte[] header) {
        return ByteBuffer.wrap(header).getLong(8);
    }

    static int magic(byte[] header) {
        return ByteBuffer.wrap(header).getInt(0);
    }

    static int version(byte[] header) {
        return ByteBuffer.wrap(header).getInt(4);
    }

    static int fileBytes(byte[] header) {
        return ByteBuffer.wrap(header).getInt(24);
    }

    private SegmentHeader() {}
}
