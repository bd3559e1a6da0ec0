package dev.avow.survival;

import dev.avow.engine.log.DiskFiles;
import dev.avow.engine.log.LogFile;
import dev.avow.engine.log.LogFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The real disk under one log, with a point before each change. Behind a change comes the next one's point. */
final class PointedFiles implements LogFiles {
    private final String log;
    private final Points points;
    private volatile boolean forgetful;

    PointedFiles(String log, Points points) {
        this.log = log;
        this.points = points;
    }

    /** From now on nothing written gets further than memory: what a log would lose that forces nothing. */
    void forget() {
        forgetful = true;
    }

    private void pass(String step, Path file) throws IOException {
        points.pass(log + ": " + step + " " + kind(file));
    }

    /** Names that don't change from run to run. */
    private static String kind(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.equals("incarnation") ? name : "segment";
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        points.pass(log + ": create directory");
        DiskFiles.DISK.createDirectory(directory);
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        return DiskFiles.DISK.list(directory);
    }

    @Override
    public LogFile create(Path file) throws IOException {
        pass("create", file);
        return new PointedFile(file, DiskFiles.DISK.create(file));
    }

    @Override
    public LogFile open(Path file, boolean writable) throws IOException {
        return new PointedFile(file, DiskFiles.DISK.open(file, writable));
    }

    @Override
    public void delete(Path file) throws IOException {
        pass("delete", file);
        DiskFiles.DISK.delete(file);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        points.pass(log + ": force directory");
        DiskFiles.DISK.forceDirectory(directory);
    }

    @Override
    public Optional<Closeable> tryLock(Path directory, String name) throws IOException {
        points.pass(log + ": lock");
        return DiskFiles.DISK.tryLock(directory, name);
    }

    @Override
    public long usableBytes(Path directory) throws IOException {
        return DiskFiles.DISK.usableBytes(directory);
    }

    private final class PointedFile implements LogFile {
        private final Path path;
        private final LogFile file;

        PointedFile(Path path, LogFile file) {
            this.path = path;
            this.file = file;
        }

        @Override
        public void write(long offset, byte[] bytes, int length) throws IOException {
            pass("write", path);
            if (forgetful) {
                return;
            }
            points.passAmid(log + ": half of write " + kind(path), () -> file.write(offset, bytes, length / 2));
            file.write(offset, bytes, length);
        }

        @Override
        public int read(long offset, byte[] into) throws IOException {
            return file.read(offset, into);
        }

        @Override
        public void force() throws IOException {
            pass("force", path);
            if (!forgetful) {
                file.force();
            }
        }

        @Override
        public long length() throws IOException {
            return file.length();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
