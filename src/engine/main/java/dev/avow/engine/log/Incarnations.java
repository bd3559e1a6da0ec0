package dev.avow.engine.log;

import dev.avow.engine.LogDamagedException;
import dev.avow.engine.LogUnusableException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What stands in an {@code incarnation} file: three times a slot of 32 bytes, each in a page of its own, and behind them
 * a byte for each incarnation that has announced itself. How many bytes those are, and so how long the file is, is the
 * flag of {@link Fence}: a file that is only written to never gets shorter, so the flag rises and never falls, whoever
 * writes late.
 *
 * <p>The slots say whose log this is. The next incarnation is written over the lower of the first two, so that a torn
 * slot leaves the other. The third is a copy of the slot of the first opening that came to its end, written then:
 * from then on a log without a readable segment isn't new but damaged, and whose it is stays settled.
 *
 * <pre>
 *   0        4        8                16               24       28       32
 *   +--------+--------+----------------+----------------+--------+--------+
 *   | kind   | format | owner          | process id     | incar- | CRC32C |
 *   | magic  | version| (48 bits)      |                | nation |        |
 *   +--------+--------+----------------+----------------+--------+--------+
 * </pre>
 *
 * @param owner 48 random bits, 0 in a new log
 * @param newest the higher of the first two slots
 * @param position where it stands
 * @param complete whether an opening has ever come to its end
 * @param announced the highest incarnation whose flag is raised, 0 if none
 */
record Incarnations(long owner, Optional<Slot> newest, int position, boolean complete, int announced) {

    static final int SLOT_BYTES = 32;
    static final int SLOT_DISTANCE_BYTES = 4_096;
    static final int COMPLETE_POSITION = 2 * SLOT_DISTANCE_BYTES;
    static final int FLAGS_POSITION = 3 * SLOT_DISTANCE_BYTES;

    /** More openings than any log sees: what says so is damaged. */
    static final int MOST = 1 << 30;

    private static final int FORMAT_VERSION = 1;

    record Slot(int magic, int version, long owner, long pid, int incarnation) {

        Slot(LogKind kind, long owner, long pid, int incarnation) {
            this(kind.magic(), FORMAT_VERSION, owner, pid, incarnation);
        }

        byte[] encode() {
            ByteBuffer slot = ByteBuffer.allocate(SLOT_BYTES)
                    .putInt(magic)
                    .putInt(version)
                    .putLong(owner)
                    .putLong(pid)
                    .putInt(incarnation);
            return slot.putInt(crc(slot.array(), 0)).array();
        }
    }

    /** Empty if its checksum doesn't hold. */
    static Optional<Slot> slot(byte[] file, int position) {
        ByteBuffer slot = ByteBuffer.wrap(file, position, SLOT_BYTES).slice();
        if (slot.getInt(SLOT_BYTES - 4) != crc(file, position) || isBlank(file, position)) {
            return Optional.empty();
        }
        return Optional.of(new Slot(slot.getInt(), slot.getInt(), slot.getLong(), slot.getLong(), slot.getInt()));
    }

    static boolean isBlank(byte[] file, int position) {
        return Arrays.equals(file, position, position + SLOT_BYTES, new byte[SLOT_BYTES], 0, SLOT_BYTES);
    }

    /** How far the flag is raised in a file of this length. */
    static int announced(long fileBytes) {
        return (int) Math.min(MOST, Math.max(0, fileBytes - FLAGS_POSITION));
    }

    /**
     * @param file the slots, with zeros for what the file doesn't hold
     * @throws LogUnusableException if it isn't this kind of log's
     * @throws LogDamagedException if no incarnation can be read in it, though one was written
     */
    static Incarnations read(byte[] file, int announced, Path path, LogKind kind) {
        Optional<Slot> first = slot(file, 0);
        Optional<Slot> second = slot(file, SLOT_DISTANCE_BYTES);
        boolean secondIsNewest = second.isPresent()
                && (first.isEmpty() || second.get().incarnation() > first.get().incarnation());
        Optional<Slot> newest = secondIsNewest ? second : first;
        boolean complete = !isBlank(file, COMPLETE_POSITION);
        if (newest.isEmpty()) {
            requireNothingLost(complete, file, path, kind);
        }
        newest.ifPresent(slot -> requireOurs(slot, path, kind));
        long owner =
                slot(file, COMPLETE_POSITION).or(() -> newest).map(Slot::owner).orElse(0L);
        return new Incarnations(owner, newest, secondIsNewest ? SLOT_DISTANCE_BYTES : 0, complete, announced);
    }

    private static void requireOurs(Slot slot, Path path, LogKind kind) {
        if (slot.magic() != kind.magic()) {
            throw new LogUnusableException(path.getParent() + " doesn't hold " + kind + " but "
                    + (LogKind.known(slot.magic()) ? "the other kind of log" : "something else")
                    + ": give each log its own directory");
        }
        if (slot.version() > FORMAT_VERSION) {
            throw new LogUnusableException(path + " is of format " + slot.version()
                    + " and this version of Avow reads up to " + FORMAT_VERSION
                    + ": open it with the newer version that wrote it");
        }
    }

    /** No slot can be read: fine if none was ever written whole, in a log whose first opening never ended. */
    private static void requireNothingLost(boolean complete, byte[] file, Path path, LogKind kind) {
        boolean ours = false;
        boolean foreign = false;
        for (int position = 0; position <= COMPLETE_POSITION; position += SLOT_DISTANCE_BYTES) {
            boolean known = LogKind.known(ByteBuffer.wrap(file).getInt(position));
            ours |= known;
            foreign |= !known && !isBlank(file, position);
        }
        if (ours && (complete || foreign)) {
            throw new LogDamagedException(path, 0, "no incarnation can be read in it");
        }
        if (foreign) {
            throw new LogUnusableException(
                    path + " wasn't written by Avow: choose an empty or new directory for " + kind);
        }
    }

    /** Whether no opening has got as far as its slot. */
    boolean isNew() {
        return newest.isEmpty();
    }

    /** The highest incarnation there has ever been, as far as this file says. */
    int highest() {
        return Math.max(announced, newest.map(Slot::incarnation).orElse(0));
    }

    /** Where the next slot goes. */
    int nextPosition() {
        return newest.isPresent() && position == 0 ? SLOT_DISTANCE_BYTES : 0;
    }

    private static int crc(byte[] bytes, int position) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, position, SLOT_BYTES - 4);
        return (int) crc.getValue();
    }
}
