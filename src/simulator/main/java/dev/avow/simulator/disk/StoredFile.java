package dev.avow.simulator.disk;

import java.util.Arrays;
import java.util.BitSet;
import java.util.random.RandomGenerator;

/** A file's content: what a reader sees, what would survive a loss of power, and which sectors differ unforced. */
final class StoredFile {
    static final int SECTOR_BYTES = 512;

    private byte[] cached = new byte[0];
    private byte[] durable = new byte[0];
    private BitSet unforced = new BitSet();
    private boolean grown;

    int length() {
        return cached.length;
    }

    boolean isForced() {
        return unforced.isEmpty() && !grown;
    }

    void write(int offset, byte[] bytes, int length) {
        int end = offset + length;
        if (end > cached.length) {
            cached = Arrays.copyOf(cached, end);
            grown = true;
        }
        System.arraycopy(bytes, 0, cached, offset, length);
        if (length > 0) {
            unforced.set(offset / SECTOR_BYTES, (end - 1) / SECTOR_BYTES + 1);
        }
    }

    int read(int offset, byte[] into) {
        int count = Math.max(0, Math.min(into.length, cached.length - offset));
        System.arraycopy(cached, offset, into, 0, count);
        return count;
    }

    void force() {
        grow();
        for (int sector = unforced.nextSetBit(0); sector >= 0; sector = unforced.nextSetBit(sector + 1)) {
            keep(sector);
        }
        unforced.clear();
    }

    /** Keeps what chance has it, as a crash or a failure in the middle of a force does. */
    void forceSome(RandomGenerator random) {
        if (random.nextBoolean()) {
            grow();
        }
        for (int sector = unforced.nextSetBit(0); sector >= 0; sector = unforced.nextSetBit(sector + 1)) {
            if (random.nextBoolean()) {
                keep(sector);
            }
        }
    }

    /**
     * A failed force: some sectors are kept, and the system believes that none is left to write, as Linux does (Rebello et
     * al., "Can Applications Recover from fsync Failures?", 2020).
     */
    void failForce(RandomGenerator random) {
        forceSome(random);
        unforced.clear();
        grown = false;
    }

    private void grow() {
        if (durable.length < cached.length) {
            durable = Arrays.copyOf(durable, cached.length);
        }
        grown = false;
    }

    private void keep(int sector) {
        int from = sector * SECTOR_BYTES;
        int to = Math.min(Math.min(from + SECTOR_BYTES, cached.length), durable.length);
        if (from < to) {
            System.arraycopy(cached, from, durable, from, to - from);
        }
    }

    /** What wasn't forced survives as chance has it, sector by sector; the cache is gone. Whether that tore anything. */
    boolean losePower(RandomGenerator random) {
        boolean torn = !isForced();
        if (torn) {
            forceSome(random);
        }
        cached = durable.clone();
        unforced.clear();
        grown = false;
        return torn;
    }

    /** Flips up to three bits in a sector that holds something; false if none does. */
    boolean damage(RandomGenerator random) {
        int sectors = durable.length / SECTOR_BYTES;
        for (int tries = 0; tries < sectors; tries++) {
            int from = random.nextInt(sectors) * SECTOR_BYTES;
            if (!isZero(from)) {
                int bits = 1 + random.nextInt(3);
                for (int bit = 0; bit < bits; bit++) {
                    durable[from + random.nextInt(SECTOR_BYTES)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
                }
                cached = durable.clone();
                return true;
            }
        }
        return false;
    }

    private boolean isZero(int from) {
        for (int at = from; at < from + SECTOR_BYTES; at++) {
            if (durable[at] != 0) {
                return false;
            }
        }
        return true;
    }

    StoredFile copy() {
        StoredFile copy = new StoredFile();
        copy.cached = cached.clone();
        copy.durable = durable.clone();
        copy.unforced = (BitSet) unforced.clone();
        copy.grown = grown;
        return copy;
    }
}
