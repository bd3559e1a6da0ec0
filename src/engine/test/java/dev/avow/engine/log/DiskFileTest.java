package dev.avow.engine.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real disk. That a force reaches it can't be seen from here; that it is asked for can. */
final class DiskFileTest {
    @TempDir
    Path directory;

    private Path file() throws IOException {
        return Files.createFile(directory.resolve("file"));
    }

    @Test
    void a_force_goes_to_the_file_itself() throws IOException {
        DiskFile file = new DiskFile(file(), true);
        file.write(0, new byte[] {1}, 1);
        file.force();
        file.close();
        // Whoever does nothing has nothing to complain of.
        assertThrows(ClosedChannelException.class, file::force);
    }

    @Test
    void what_is_written_stands_at_its_offset() throws IOException {
        byte[] read = new byte[4];
        try (DiskFile file = new DiskFile(file(), true)) {
            file.write(2, new byte[] {7, 8, 9}, 2);
            assertEquals(4, file.read(0, read));
            assertEquals(4, file.length());
        }
        assertArrayEquals(new byte[] {0, 0, 7, 8}, read);
    }

    @Test
    void a_directory_that_is_gone_cannot_be_forced() {
        assertThrows(IOException.class, () -> DiskFiles.DISK.forceDirectory(directory.resolve("gone")));
    }
}
