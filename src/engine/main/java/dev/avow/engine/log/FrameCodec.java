package dev.avow.engine.log;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A frame: what one write and one force make durable together.
 *
 * <pre>
 *   0        4        8                16       20       24   26   28       32
 *   +--------+--------+----------------+--------+--------+----+----+--------+-------------------+---------+
 *   | magic  | payload| frame's number | payload| sparse |ver-|flag| header | payload: records, | padding |
 *   | "AVFR" | length | in its segment | CRC32C | sectors|sion| s  | CRC32C | {length 4, bytes} | 0xFF    |
 *   +--------+--------+----------------+--------+--------+----+----+--------+-------------------+---------+
 * </pre>
 *
 * A frame starts and ends at a multiple of 32 bytes, so its header lies within one 512-byte sector. Padding is 1 to 32
 * bytes. Flag 1: a snapshot.
 *
 * <p><b>What a crash can leave.</b> A disk writes whole sectors, in any order. The file was zero before, and a frame is
 * begun only once the one before it is durable. So a crash leaves the last frame with some of its sectors zero, and
 * nothing else; anything else is damage. To tell them apart for certain, a whole frame's sectors must be known from
 * zeros: the header counts those sectors of the frame that hold fewer than two bytes other than zero (a user's record
 * may be full of zeros), and the padding, which the checksum leaves out, ends in a byte that isn't. If the checksum
 * doesn't hold and there are more zero sectors than that, or the end is zero: torn. One damaged byte can't do both.
 *
 * <p>It is assumed that a sector is written whole or not at all, and that writing a page again with the same bytes
 * harms none of them. What no checksum can tell: the last frame overwritten with zeros by something other than a crash.
 */
final class FrameCodec {

    static final int ALIGNMENT = 32;
    static final int HEADER_BYTES = 32;
    static final int FORMAT_VERSION = 1;
    static final int FLAG_SNAPSHOT = 1;

    private static final int MAGIC = 0x41564652;
    private static final int SECTOR_BYTES = 512;
    private static final int MIN_PADDING_BYTES = 1;
    private static final byte PADDING = (byte) 0xFF;

    /** What a header says. Its checksum holds, and so does its magic number; nothing else is certain yet. */
    record Header(int payloadBytes, long number, int payloadCrc, int sparseSectors, int version, int flags) {}

    /** How many bytes a frame of this payload takes; long, because it may be more than any file holds. */
    static long frameBytes(long payloadBytes) {
        long least = HEADER_BYTES + payloadBytes + MIN_PADDING_BYTES;
        return (least + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }

    static long payloadBytes(List<byte[]> records) {
        long bytes = 0;
        for (byte[] record : records) {
            bytes += 4L + record.length;
        }
        return bytes;
    }

    /** @param offset where in the file it will stand: a multiple of {@link #ALIGNMENT} */
    static byte[] encode(byte[] segmentHeader, long offset, long number, int flags, List<byte[]> records) {
        int payloadBytes = Math.toIntExact(payloadBytes(records));
        ByteBuffer frame = ByteBuffer.allocate(Math.toIntExact(frameBytes(payloadBytes)));
        frame.position(HEADER_BYTES);
        for (byte[] record : records) {
            frame.putInt(record.length).put(record);
        }
        while (frame.hasRemaining()) {
            frame.put(PADDING);
        }
        byte[] bytes = frame.array();
        frame.putInt(0, MAGIC)
                .putInt(4, payloadBytes)
                .putLong(8, number)
                .putInt(16, crc(bytes, HEADER_BYTES, payloadBytes))
                .putInt(20, sectorsBelow(2, bytes, 0, bytes.length, (int) (offset % SECTOR_BYTES)))
                .putShort(24, (short) FORMAT_VERSION)
                .putShort(26, (short) flags)
                .putInt(28, headerCrc(segmentHeader, bytes, 0));
        return bytes;
    }

    static boolean isHeader(byte[] segmentHeader, byte[] segment, int offset) {
        ByteBuffer header = ByteBuffer.wrap(segment, offset, HEADER_BYTES);
        return header.getInt(offset) == MAGIC
                && header.getInt(offset + 28) == headerCrc(segmentHeader, segment, offset);
    }

    /** To be asked only where {@link #isHeader}. */
    static Header header(byte[] segment, int offset) {
        ByteBuffer header = ByteBuffer.wrap(segment, offset, HEADER_BYTES).slice();
        return new Header(
                header.getInt(4),
                header.getLong(8),
                header.getInt(16),
                header.getInt(20),
                Short.toUnsignedInt(header.getShort(24)),
                Short.toUnsignedInt(header.getShort(26)));
    }

    static boolean payloadHolds(Header header, byte[] segment, int offset) {
        return crc(segment, offset + HEADER_BYTES, header.payloadBytes) == header.payloadCrc;
    }

    /** Of a frame whose payload doesn't hold: whether parts of it were never written. */
    static boolean isTorn(Header header, byte[] segment, int offset) {
        int frameBytes = (int) frameBytes(header.payloadBytes);
        int end = offset + frameBytes;
        if (segment[end - 1] == 0) {
            return true;
        }
        return sectorsBelow(1, segment, offset, frameBytes, offset % SECTOR_BYTES) > header.sparseSectors;
    }

    /** The frame's sectors, but for the header's own, which hold fewer bytes other than zero than this. */
    private static int sectorsBelow(int nonZeroBytes, byte[] bytes, int start, int length, int offsetInSector) {
        int sectors = 0;
        int end = start + length;
        int from = start + SECTOR_BYTES - offsetInSector;
        while (from < end) {
            int to = Math.min(from + SECTOR_BYTES, end);
            int found = 0;
            for (int i = from; i < to && found < nonZeroBytes; i++) {
                if (bytes[i] != 0) {
                    found++;
                }
            }
            if (found < nonZeroBytes) {
                sectors++;
            }
            from = to;
        }
        return sectors;
    }

    private static int crc(byte[] bytes, int offset, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    private static int headerCrc(byte[] segmentHeader, byte[] bytes, int offset) {
        CRC32C crc = new CRC32C();
        crc.update(segmentHeader, 0, SegmentHeader.BYTES);
        crc.update(bytes, offset, HEADER_BYTES - 4);
        return (int) crc.getValue();
    }

    private FrameCodec() {}
}
