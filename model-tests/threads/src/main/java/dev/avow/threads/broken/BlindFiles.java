package dev.avow.threads.broken;

import dev.avow.engine.log.LogFile;
import dev.avow.engine.log.LogFiles;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Another's growth of a file stays unseen once it is open, as on a mount with a cache: who looks at the fence sees none. */
final class BlindFiles implements LogFiles {
    private final LogFiles files;

    BlindFiles(LogFiles files) {
        this.files = files;
    }

    private static final class BlindFile implements LogFile {
        private final LogFile file;
        private long length;

        BlindFile(LogFile file) throws IOException {
            this.file = file;
            this.length = file.length();
        }

        @Override
        public void write(long offset, byte[] bytes, int count) throws IOException {
            file.write(offset, bytes, count);
            length = Math.max(length, offset + count);
        }

        @Override
        public int read(long offset, byte[] into) throws IOException {
            return file.read(offset, into);
        }

        @Override
        public void force() throws IOException {
            file.force();
        }

        @Override
        public long length() {
            return length;
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    @Override
    public void createDirectory(Path directory) throws IOException {
        files.createDirectory(directory);
    }

    @Override
    public List<String> list(Path directory) throws IOException {
        return files.list(directory);
    }

    @Override
    public LogFile create(Path file) throws IOException {
        return new BlindFile(files.create(file));
    }

    @Override
    public LogFile open(Path file, boolean writable) throws IOException {
        return new BlindFile(files.open(file, writable));
    }

    @Override
    public void delete(Path file) throws IOException {
        files.delete(file);
    }

    @Override
    public void forceDirectory(Path directory) throws IOException {
        files.forceDirectory(directory);
    }

    @Override
    public Optional<Closeable> tryLock(Path directory, String name) throws IOException {
        return files.tryLock(directory, name);
    }

    @Override
    public long usableBytes(Path directory) throws IOException {
        return files.usableBytes(directory);
    }

    @Override
    public long drawOwner() {
        return files.drawOwner();
    }

    @Override
    public long processId() {
        return files.processId();
    }
}
