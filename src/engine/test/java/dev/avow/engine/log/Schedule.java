package dev.avow.engine.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Semaphore;

/**
 * Several processes over one disk, of which one at a time goes on, from one of its file operations to its next, as the
 * seed has it. Any of them may die at any operation. No lock is kept.
 */
final class Schedule {

    /** What a process does, on its own view of the disk. */
    interface Life {
        void live(LogFiles files);
    }

    /** Whether this was thrown because the process died. */
    static boolean isDeath(Throwable thrown) {
        return thrown instanceof Died || thrown.getCause() instanceof Died;
    }

    private static final class Died extends Error {
        private static final long serialVersionUID = 1L;

        Died() {
            super("died", null, false, false);
        }
    }

    private static final int DEATH_IN = 400;
    private static final int BURST = 15;

    private final Random random;
    private final LogFiles disk;
    private final Semaphore arrived = new Semaphore(0);
    private final List<Stepped> alive = new ArrayList<>();

    Schedule(long seed, LogFiles disk) {
        this.random = new Random(seed);
        this.disk = disk;
    }

    void add(Life life) {
        alive.add(new Stepped(life));
    }

    /** Until all have come to their end. */
    void run() {
        alive.forEach(Stepped::start);
        Stepped next = alive.get(0);
        while (!alive.isEmpty()) {
            // In bursts: one that stands still while another does all it has to do is what finds faults.
            if (next.done || random.nextInt(BURST) == 0) {
                next = alive.get(random.nextInt(alive.size()));
            }
            next.dies |= random.nextInt(DEATH_IN) == 0;
            next.turn.release();
            arrived.acquireUninterruptibly();
            if (next.done) {
                alive.remove(next);
            }
        }
    }

    private final class Stepped implements LogFiles {
        private final Life life;
        private final Semaphore turn = new Semaphore(0);
        // Handed from thread to thread by the semaphores.
        private boolean dies;
        private boolean done;

        Stepped(Life life) {
            this.life = life;
        }

        void start() {
            Thread thread = new Thread(this::live, "process");
            thread.setDaemon(true);
            thread.start();
        }

        private void live() {
            turn.acquireUninterruptibly();
            try {
                life.live(this);
            } catch (Died end) {
                // Its files stay as they are.
            } finally {
                done = true;
                arrived.release();
            }
        }

        private void point() {
            arrived.release();
            turn.acquireUninterruptibly();
            if (dies) {
                throw new Died();
            }
        }

        @Override
        public void createDirectory(Path directory) throws IOException {
            disk.createDirectory(directory);
        }

        @Override
        public List<String> list(Path directory) throws IOException {
            point();
            return disk.list(directory);
        }

        @Override
        public LogFile create(Path file) throws IOException {
            point();
            return new SteppedFile(disk.create(file));
        }

        @Override
        public LogFile open(Path file, boolean writable) throws IOException {
            point();
            return new SteppedFile(disk.open(file, writable));
        }

        @Override
        public void delete(Path file) throws IOException {
            point();
            disk.delete(file);
        }

        @Override
        public void forceDirectory(Path directory) throws IOException {
            point();
            disk.forceDirectory(directory);
        }

        @Override
        public Optional<Closeable> tryLock(Path directory, String name) {
            return Optional.of(() -> {});
        }

        @Override
        public long usableBytes(Path directory) throws IOException {
            return disk.usableBytes(directory);
        }

        @Override
        public long processId() {
            return 1; // as in containers
        }

        private final class SteppedFile implements LogFile {
            private final LogFile file;

            SteppedFile(LogFile file) {
                this.file = file;
            }

            @Override
            public void write(long offset, byte[] bytes, int length) throws IOException {
                point();
                file.write(offset, bytes, length);
            }

            @Override
            public int read(long offset, byte[] into) throws IOException {
                point();
                return file.read(offset, into);
            }

            @Override
            public void force() throws IOException {
                point();
                file.force();
            }

            @Override
            public long length() throws IOException {
                point();
                return file.length();
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        }
    }
}
