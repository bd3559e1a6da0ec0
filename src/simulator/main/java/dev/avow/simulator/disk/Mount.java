package dev.avow.simulator.disk;

import dev.avow.engine.log.LogFile;
import dev.avow.engine.log.LogFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;

/** One process's view of its disk, from its start to its end: here its file operations crash and fail as planned. */
public final class Mount implements LogFiles {
    private static final String SEGMENT = ".avow";
    private static final String FULL = "No space left on device";

    private final SimulatedDisk disk;
    private DiskPlan plan;
    private final Trick trick;
    private final boolean lockIsLost;
    private final RandomGenerator random;

    private int points;
    private int interruptedAt = DiskPlan.NEVER;
    private Runnable interruption = () -> {};
    private int writes;
    private int forces;
    private boolean alive = true;
    private int segments;
    private int failedWrites;
    private int failedForces;
    private boolean crashedInside;
    private Optional<Open> lastWritten = Optional.empty();

    /**
     * Begins a process's life.
     *
     * @param lockIsLost whether it gets the lock though another holds it
     */
    public Mount(SimulatedDisk disk, DiskPlan plan, Trick trick, boolean lockIsLost, RandomGenerator random) {
        this.disk = disk;
        this.plan = plan;
        this.trick = trick;
        this.lockIsLost = lockIsLost;
        this.random = random;
    }

    public boolean isAlive() {
        return alive;
    }

    /** Whether it died within a file operation. */
    public boolean crashedInside() {
        return crashedInside;
    }

    /** From now on nothing goes wrong any more. */
    public void calm() {
        plan = DiskPlan.calm();
    }

    /** How many segments it has created. */
    public int segments() {
        return segments;
    }

    public int failedWrites() {
        return failedWrites;
    }

    public int failedForces() {
        return failedForces;
    }

    public int forces() {
        return forces;
    }

    /** Ends the process. */
    public void kill() {
        alive = false;
    }

    /** Lets something else happen at the point which is that many ahead, be it in the middle of an append. */
    public void interrupt(int pointsAhead, Runnable by) {
        interruptedAt = points + pointsAhead;
        interruption = by;
    }

    /** Lets nothing else happen any more. */
    public void dontInterrupt() {
        interruptedAt = DiskPlan.NEVER;
    }

    /**
     * A point at which the process may crash or be interrupted.
     *
     * @throws Crash if it does
     */
    public void point() {
        if (points == interruptedAt) {
            interruptedAt = DiskPlan.NEVER;
            interruption.run();
        }
        if (!alive || strikes()) {
            throw new Crash();
        }
    }

    private boolean strikes() {
        if (points++ >= plan.crashAt()) {
            alive = false;
        }
        return !alive;
    }

    /** Whether a loss of power would leave what was written last. */
    public boolean isDurable() {
        return lastWritten.isEmpty() || lastWritten.get().isDurable();
    }

    @Override
    public void createDirectory(Path directory) {
        point();
    }

    @Override
    public List<String> list(Path directory) {
        point();
        return disk.list();
    }

    @Override
    public LogFile create(Path file) throws IOException {
        point();
        requireSpace();
        String name = name(file);
        if (disk.find(name).isPresent()) {
            throw new FileAlreadyExistsException(file.toString());
        }
        segments += name.endsWith(SEGMENT) ? 1 : 0;
        Open created = new Open(name, disk.create(name));
        point();
        return created;
    }

    @Override
    public LogFile open(Path file, boolean writable) throws IOException {
        point();
        String name = name(file);
        return new Open(name, disk.find(name).orElseThrow(() -> new NoSuchFileException(file.toString())));
    }

    @Override
    public void delete(Path file) {
        point();
        disk.delete(name(file));
        point();
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        point();
        if (trick != Trick.LIES_ABOUT_FORCE) {
            disk.forceNames();
        }
        point();
    }

    @Override
    public Optional<Closeable> tryLock(Path directory, String name) {
        point();
        return disk.lock(this) || lockIsLost ? Optional.of(() -> disk.unlock(this)) : Optional.empty();
    }

    @Override
    public long usableBytes(Path directory) {
        return disk.isFull() ? 0 : Long.MAX_VALUE;
    }

    @Override
    public long drawOwner() {
        return random.nextLong() >>> 16;
    }

    @Override
    public long processId() {
        return 1;
    }

    private void requireSpace() throws IOException {
        if (disk.isFull()) {
            throw new IOException(FULL);
        }
    }

    private boolean isDue(int count, int failAt) {
        return plan.forEver() ? count >= failAt : count == failAt;
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private final class Open implements LogFile {
        private final String name;
        private final StoredFile file;
        private OptionalInt firstLength = OptionalInt.empty();

        Open(String name, StoredFile file) {
            this.name = name;
            this.file = file;
        }

        boolean isDurable() {
            return disk.isDurable(name, file);
        }

        @Override
        public void write(long offset, byte[] bytes, int length) throws IOException {
            point();
            if (offset + length > file.length()) {
                requireSpace();
            }
            lastWritten = Optional.of(this);
            if (strikes()) {
                crashedInside = true;
                writePart((int) offset, bytes, length);
                throw new Crash();
            }
            if (isDue(writes++, plan.failWriteAt())) {
                failedWrites++;
                writePart((int) offset, bytes, length);
                throw new IOException("the simulated write failed");
            }
            file.write((int) offset, bytes, length);
            point();
        }

        /** Whole sectors of it, for nothing less is ever written of one. */
        private void writePart(int offset, byte[] bytes, int length) {
            int end = offset + random.nextInt(length + 1);
            int wholeSectors = end / StoredFile.SECTOR_BYTES * StoredFile.SECTOR_BYTES;
            file.write(offset, bytes, Math.max(0, wholeSectors - offset));
        }

        @Override
        public int read(long offset, byte[] into) {
            point();
            return file.read((int) offset, into);
        }

        @Override
        public void force() throws IOException {
            point();
            if (strikes()) {
                crashedInside = true;
                file.forceSome(random);
                throw new Crash();
            }
            if (isDue(forces++, plan.failForceAt())) {
                failedForces++;
                file.failForce(random);
                throw new IOException("the simulated force failed");
            }
            if (trick != Trick.LIES_ABOUT_FORCE) {
                file.force();
            }
            point();
        }

        @Override
        public long length() {
            point();
            if (trick != Trick.LENGTHS_ARE_STALE || firstLength.isEmpty()) {
                firstLength = OptionalInt.of(file.length());
            }
            return firstLength.getAsInt();
        }

        @Override
        public void close() {
            // Nothing is written by closing: what wasn't forced stays as it is.
        }
    }
}
