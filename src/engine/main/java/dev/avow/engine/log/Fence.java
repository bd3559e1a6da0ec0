package dev.avow.engine.log;

import dev.avow.engine.LogDamagedException;
import dev.avow.engine.LogRefusedException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Optional;

/**
 * Keeps an earlier incarnation from deciding anything once a later one has opened the log. (Fenced) The operating
 * system's lock comes first, but there are file systems on which it isn't kept, and it goes when someone deletes its
 * file. The fence needs only that a read sees what another process has written and forced; on NFS that takes a mount
 * without caching on the clients ({@code noac}).
 *
 * <p>It is the flag principle of mutual exclusion (Herlihy &amp; Shavit 2008, chapter 1; Dekker's algorithm rests on
 * it). The newcomer raises its flag, then looks: it forces its number into the {@code incarnation} file, then reads the
 * segments. The old one does the same with parts exchanged: it forces its record into a segment, then reads the number,
 * and only then acknowledges. Whatever the interleaving, the later of the two looks sees the other's flag:
 *
 * <pre>
 *   newcomer:   force number ----------> read segments         the record is found and carried on,
 *   old one:          force record ----------> read number     or the append is refused, or both
 * </pre>
 *
 * Both is harmless: refused means that the old one says nothing about the outcome, and the newcomer decides it. Neither
 * can't be. What the old one writes later stands in its own segments, and nobody reads those any more: the newcomer's
 * first segment begins with a snapshot of all that counted, and only the newest segment is ever read.
 *
 * <p>Two newcomers at once can't take the same number: each first creates the segment of that name, which fails if it
 * exists. Whoever then finds another's number over its own, or a higher segment, withdraws.
 */
final class Fence implements Closeable {

    private static final int MAX_LOOKS = 1_000;

    private final LogDirectory directory;
    private final LogFile file;
    private final Incarnations.Slot mine;
    private final int position;
    private final byte[] firstTwo = new byte[Incarnations.SLOT_DISTANCE_BYTES + Incarnations.SLOT_BYTES];

    private Fence(LogDirectory directory, LogFile file, Incarnations.Slot mine, int position) {
        this.directory = directory;
        this.file = file;
        this.mine = mine;
        this.position = position;
    }

    /** The numbers in a directory; blank ones if their file isn't there. */
    static Incarnations peek(LogDirectory directory) throws IOException {
        byte[] content = new byte[Incarnations.FILE_BYTES];
        try (LogFile file = directory.files().open(directory.incarnation(), false)) {
            file.read(0, content);
        } catch (NoSuchFileException e) {
            Arrays.fill(content, (byte) 0);
        }
        return Incarnations.read(content, directory.incarnation(), directory.kind());
    }

    /** On return the number is durable, and no earlier incarnation can append any more. */
    static Fence raise(LogDirectory directory, Incarnations before, Incarnations.Slot mine) throws IOException {
        boolean firstIsNewest = before.newest().isPresent() && before.position() == 0;
        LogFile file = before.isNew() ? create(directory) : directory.files().open(directory.incarnation(), true);
        Fence fence = new Fence(directory, file, mine, firstIsNewest ? Incarnations.SLOT_DISTANCE_BYTES : 0);
        try {
            fence.write(fence.position);
        } catch (IOException e) {
            file.close();
            throw e;
        }
        return fence;
    }

    private static LogFile create(LogDirectory directory) throws IOException {
        LogFile file;
        try {
            file = directory.files().open(directory.incarnation(), true);
        } catch (NoSuchFileException e) {
            file = directory.files().create(directory.incarnation());
        }
        try {
            file.write(0, new byte[Incarnations.FILE_BYTES], Incarnations.FILE_BYTES);
            file.force();
            directory.files().forceDirectory(directory.path());
        } catch (IOException e) {
            file.close();
            throw e;
        }
        return file;
    }

    /** From now on a log without a readable segment is damaged, not new. */
    void markComplete() throws IOException {
        write(Incarnations.COMPLETE_POSITION);
    }

    private void write(int at) throws IOException {
        byte[] slot = mine.encode();
        file.write(at + 0L, slot, slot.length);
        file.force();
    }

    /**
     * To be called after each force and before what it made durable is acknowledged.
     *
     * @throws LogRefusedException if a later incarnation has raised its flag
     */
    void requireNewest() throws IOException {
        for (int look = 0; look < MAX_LOOKS; look++) {
            file.read(0, firstTwo);
            Optional<Incarnations.Slot> own = Incarnations.slot(firstTwo, position);
            int otherPosition = Incarnations.SLOT_DISTANCE_BYTES - position;
            Optional<Incarnations.Slot> other = Incarnations.slot(firstTwo, otherPosition);
            own.filter(slot -> !slot.equals(mine)).ifPresent(this::refuse);
            other.filter(slot -> slot.incarnation() >= mine.incarnation()).ifPresent(this::refuse);
            if (own.isPresent() && (other.isPresent() || Incarnations.isBlank(firstTwo, otherPosition))) {
                return;
            }
            Thread.onSpinWait(); // a newcomer may be in the middle of writing it
        }
        throw new LogDamagedException(directory.incarnation(), position, "its numbers can't be read any more");
    }

    private void refuse(Incarnations.Slot newer) {
        throw refused(directory, mine.incarnation(), newer.incarnation() + " (process " + newer.pid() + ")");
    }

    static LogRefusedException refused(LogDirectory directory, int incarnation, String newer) {
        return new LogRefusedException("incarnation " + incarnation + " of the log in " + directory.path()
                + " may not decide any more: incarnation " + newer
                + " has opened it. Ask that one for the outcome, and let only one process use the directory");
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
