package dev.avow.engine.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts every operation on the files below it, and lets a chosen one fail in a chosen way. */
final class FaultyFiles implements LogFiles {

    /** What a failing operation has done before it fails. */
    enum Fault {
        NOTHING,
        HALF,
        EVERYTHING
    }

    private final LogFiles below;
    final AtomicInteger operations = new AtomicInteger();
    final AtomicInteger forces = new AtomicInteger();
    final AtomicInteger openFiles = new AtomicInteger();
    final AtomicInteger openFilesWhenUnlocked = new AtomicInteger(-1);

    private volatile int failAt = -1;
    private volatile Map<Integer, Runnable> meanwhile = Map.of();
    private volatile boolean forEver;
    private volatile Fault fault = Fault.NOTHING;
    private volatile String fullMessage = "No space left on device";
    private volatile boolean full;
    private volatile boolean fullLate;
    private volatile boolean deletesFail;
    private volatile boolean locksIgnored;
    private volatile Runnable beforeForce = () -> {};
    private volatile Runnable beforeCreate = () -> {};
    private volatile Runnable afterCreate = () -> {};
    private volatile Runnable afterList = () -> {};
    private volatile boolean failed;

    FaultyFiles(LogFiles below) {
        this.below = below;
    }

    FaultyFiles failAt(int operation, Fault howMuch) {
        failAt = operation;
        fault = howMuch;
        return this;
    }

    /** Lets every operation after the chosen one fail too, having done nothing. */
    void forEver() {
        forEver = true;
    }

    /** Lets something else happen before the operation of this number. */
    FaultyFiles meanwhile(Map<Integer, Runnable> others) {
        meanwhile = others;
        return this;
    }

    /** Like a file system on which locks aren't kept. */
    FaultyFiles ignoringLocks() {
        locksIgnored = true;
        return this;
    }

    /** How the system says that a disk is full. */
    void sayingFull(String words) {
        fullMessage = words;
    }

    /** From now on no file can be made or grow. */
    void setFull(boolean isFull) {
        full = isFull;
    }

    /** From now on a file that has grown can't be forced: a file system that looks for space only then. */
    void setFullLate(boolean isFullLate) {
        fullLate = isFullLate;
    }

    void setDeletesFail(boolean fail) {
        deletesFail = fail;
    }

    void beforeForce(Runnable hook) {
        beforeForce = hook;
    }

    void beforeCreate(Runnable hook) {
        beforeCreate = hook;
    }

    void afterCreate(Runnable hook) {
        afterCreate = hook;
    }

    void afterList(Runnable hook) {
        afterList = hook;
    }

    boolean hasFailed() {
        return failed;
    }

    private interface Operation<T> {
        T run() throws IOException;
    }

    private interface Step {
        void run() throws IOException;
    }

    private <T> T run(Operation<T> operation, Step half) throws IOException {
        int number = operations.getAndIncrement();
        Optional.ofNullable(meanwhile.get(number)).ifPresent(Runnable::run);
        if (failed && forEver) {
            throw new IOException("injected again");
        }
        if (number != failAt) {
            return operation.run();
        }
        failed = true;
        if (fault == Fault.HALF) {
            half.run();
        } else if (fault == Fault.EVERYTHING) {
            operation.run();
        }
        throw new IOException("injected");
    }

    private void run(Step step, Step half) throws IOException {
        run(
                () -> {
                    step.run();
                    return "";
                },
                half);
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        run(() -> below.createDirectory(directory), () -> {});
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        List<String> names = run(() -> below.list(directory), () -> {});
        afterList.run();
        return names;
    }

    @Override
    public LogFile create(Path file) throws IOException {
        if (full) {
            throw new IOException(fullMessage);
        }
        beforeCreate.run();
        LogFile created = run(() -> new FaultyFile(below.create(file)), () -> {});
        afterCreate.run();
        return created;
    }

    @Override
    public LogFile open(Path file, boolean writable) throws IOException {
        return run(() -> new FaultyFile(below.open(file, writable)), () -> {});
    }

    @Override
    public void delete(Path file) throws IOException {
        if (deletesFail) {
            throw new IOException("Input/output error");
        }
        run(() -> below.delete(file), () -> {});
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        run(() -> below.forceDirectory(directory), () -> {});
    }

    @Override
    public Optional<Closeable> tryLock(Path directory, String name) throws IOException {
        if (locksIgnored) {
            return Optional.of(() -> {});
        }
        run(() -> {}, () -> {}); // never taken if it fails: only the end of the process could give it back
        return below.tryLock(directory, name).map(lock -> () -> {
            openFilesWhenUnlocked.set(openFiles.get());
            lock.close();
        });
    }

    @Override
    public long usableBytes(Path directory) throws IOException {
        return full ? 0 : below.usableBytes(directory);
    }

    private final class FaultyFile implements LogFile {

        private final LogFile file;
        private boolean grown;
        private boolean open = true;

        FaultyFile(LogFile file) {
            this.file = file;
            openFiles.incrementAndGet();
        }

        @Override
        public void write(long offset, byte[] bytes, int length) throws IOException {
            if (full && offset + length > file.length()) {
                throw new IOException(fullMessage);
            }
            grown |= offset + length > file.length();
            run(() -> file.write(offset, bytes, length), () -> file.write(offset, bytes, length / 2));
        }

        @Override
        public int read(long offset, byte[] into) throws IOException {
            return run(() -> file.read(offset, into), () -> {});
        }

        @Override
        public void force() throws IOException {
            beforeForce.run();
            forces.incrementAndGet();
            if (fullLate && grown) {
                throw new IOException(fullMessage);
            }
            run(file::force, () -> {});
            grown = false;
        }

        @Override
        public long length() throws IOException {
            return run(file::length, () -> {});
        }

        @Override
        public void close() throws IOException {
            if (open) {
                open = false;
                openFiles.decrementAndGet();
            }
            file.close();
        }
    }
}
