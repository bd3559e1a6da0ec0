package dev.avow.grpc;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * What stands in a book's file. Numbers are big-endian, texts as {@link DataOutputStream#writeUTF} writes them; the checksum is
 * over all that stands before it.
 *
 * <pre>
 *   0        4        8                                                      length - 4
 *   +--------+--------+-----------------------------------------------------+--------+
 *   | magic  | format | participant, number of entries, entries             | CRC32C |
 *   | "AVBK" | version|                                                     |        |
 *   +--------+--------+-----------------------------------------------------+--------+
 *
 *   entry:  coordinator (8 bytes), address, identity, number of peers (4), peers
 *   peer:   name, address, identity
 * </pre>
 *
 * @param participant whose book it is
 */
record BookPages(String participant) {
    private static final int MAGIC = 0x4156424B;
    private static final int VERSION = 1;
    private static final int CHECKSUM_BYTES = 4;
    private static final int LEAST_BYTES = 4 + 4 + CHECKSUM_BYTES;

    byte[] write(List<Book.Entry> entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(MAGIC);
        out.writeInt(VERSION);
        out.writeUTF(participant);
        out.writeInt(entries.size());
        for (Book.Entry entry : entries) {
            out.writeLong(entry.number());
            write(out, entry.place());
            out.writeInt(entry.peers().size());
            for (Map.Entry<String, Place> peer : entry.peers().entrySet()) {
                out.writeUTF(peer.getKey());
                write(out, peer.getValue());
            }
        }
        byte[] checked = bytes.toByteArray();
        out.writeInt(checksum(checked, checked.length));
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, Place place) throws IOException {
        out.writeUTF(place.address());
        out.writeUTF(place.identity());
    }

    /** @throws UnusableDirectoryException if it is damaged, another participant's or of a newer version */
    List<Book.Entry> read(byte[] bytes, Path file) throws IOException {
        int checked = bytes.length - CHECKSUM_BYTES;
        if (bytes.length < LEAST_BYTES || ByteBuffer.wrap(bytes).getInt() != MAGIC) {
            throw damaged(file, "it doesn't begin as one");
        }
        if (ByteBuffer.wrap(bytes).getInt(checked) != checksum(bytes, checked)) {
            throw damaged(file, "its checksum doesn't hold");
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes, 4, checked - 4));
        int version = in.readInt();
        if (version > VERSION) {
            throw new UnusableDirectoryException(
                    file + " is of format " + version + " and this version of Avow reads up to " + VERSION
                            + ": open it with the newer version that wrote it");
        }
        requireOurs(in.readUTF(), file);
        return entries(in);
    }

    private void requireOurs(String owner, Path file) {
        if (!owner.equals(participant)) {
            throw new UnusableDirectoryException(file + " is the book of participant \"" + owner + "\", not of \""
                    + participant + "\": give each participant its own directory");
        }
    }

    private static List<Book.Entry> entries(DataInputStream in) throws IOException {
        List<Book.Entry> entries = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) {
            long number = in.readLong();
            Place place = place(in);
            SortedMap<String, Place> peers = new TreeMap<>();
            for (int more = in.readInt(); more > 0; more--) {
                peers.put(in.readUTF(), place(in));
            }
            entries.add(new Book.Entry(number, place, peers));
        }
        return entries;
    }

    private static Place place(DataInputStream in) throws IOException {
        return new Place(in.readUTF(), in.readUTF());
    }

    private static UnusableDirectoryException damaged(Path file, String how) {
        return new UnusableDirectoryException(file + " isn't a whole book of coordinators: " + how
                + ". Nothing was changed. Without it this participant wouldn't know whose orders to take: put back a copy of"
                + " it; only if nothing is in doubt at the participant may it be deleted");
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }
}
