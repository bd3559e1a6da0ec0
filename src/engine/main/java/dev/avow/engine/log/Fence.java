package dev.avow.engine.log;

import dev.avow.engine.LogDamagedException;
import dev.avow.engine.LogRefusedException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;

/**
 * Keeps an earlier incarnation from deciding anything once a later one has opened the log. (Fenced) The operating
 * system's lock comes first, but there are file systems on which it isn't kept, and it goes when someone deletes its
 * file. The fence needs only that a read sees what another process has written and forced; on NFS that takes a mount
 * without caching on the clients ({@code noac}).
 *
 * <p>It is the flag principle of mutual exclusion (Herlihy &amp; Shavit 2008, chapter 1; Dekker's algorithm rests on
 * it). The newcomer raises the flag, then looks: it forces the {@code incarnation} file to the length of its number, then
 * reads the segments. The old one does the same with parts exchanged: it forces its record into a segment, then looks how
 * long that file is, and only then acknowledges. Whatever the interleaving, the later of the two looks sees the other's:
 *
 * <pre>
 *   newcomer:   raise the flag ---------> read segments         the record is found and carried on,
 *   old one:          force record ----------> read the flag     or the append is refused, or both
 * </pre>
 *
 * Both is harmless: refused means that the old one says nothing about the outcome, and the newcomer decides it. Neither
 * can't be. What the old one writes later stands in its own segments, and nobody reads those any more: the newcomer's
 * first segment begins with a snapshot of all that counted, and only the newest segment is ever read.
 *
 * <p>Of several newcomers each claims a number by creating the segment of that name, which fails if it exists. One that
 * was slow may claim a number that was another's, whose segment of that name was deleted meanwhile, be it by that one's
 * own turnover. But a name is free again only after its flag was up, so a look at the flag tells, before it is raised.
 * A flag that comes late lowers nothing, and whoever raised it finds a higher segment and withdraws. (DecisionLog.tla:
 * OpenerLook to OpenerCheck, AppenderTurnOver, AppenderCheck)
 */
final class Fence implements Closeable {

    private final LogDirectory directory;
    private final LogFile file;
    private final int incarnation;

    private Fence(LogDirectory directory, LogFile file, int incarnation) {
        this.directory = directory;
        this.file = file;
        this.incarnation = incarnation;
    }

    /** What a directory's file of numbers says; blank if it isn't there. */
    static Incarnations peek(LogDirectory directory) throws IOException {
        try (LogFile file = directory.files().open(directory.incarnation(), false)) {
            return peek(directory, file);
        } catch (NoSuchFileException e) {
            return Incarnations.read(slots(), 0, directory.incarnation(), directory.kind());
        }
    }

    private static Incarnations peek(LogDirectory directory, LogFile file) throws IOException {
        byte[] slots = slots();
        file.read(0, slots);
        int announced = Incarnations.announced(file.length());
        return Incarnations.read(slots, announced, directory.incarnation(), directory.kind());
    }

    private static byte[] slots() {
        return new byte[Incarnations.FLAGS_POSITION];
    }

    /** On return the flag is durable, and no earlier incarnation can append any more. */
    static Fence raise(LogDirectory directory, int incarnation) throws IOException {
        LogFile file = openOrCreate(directory);
        try {
            file.write(Incarnations.FLAGS_POSITION + incarnation - 1L, new byte[1], 1);
            file.force();
            directory.files().forceDirectory(directory.path());
            return new Fence(directory, file, incarnation);
        } catch (IOException e) {
            file.close();
            throw e;
        }
    }

    private static LogFile openOrCreate(LogDirectory directory) throws IOException {
        try {
            return directory.files().open(directory.incarnation(), true);
        } catch (NoSuchFileException e) {
            try {
                return directory.files().create(directory.incarnation());
            } catch (FileAlreadyExistsException another) {
                return directory.files().open(directory.incarnation(), true);
            }
        }
    }

    /** What the file says now. */
    Incarnations peek() throws IOException {
        return peek(directory, file);
    }

    /** Writes durably whose log this is. */
    void sign(Incarnations.Slot slot, int position) throws IOException {
        byte[] bytes = slot.encode();
        file.write(position, bytes, bytes.length);
        file.force();
    }

    /**
     * To be called after each force and before what it made durable is acknowledged.
     *
     * @throws LogRefusedException if a later incarnation has raised the flag
     * @throws LogDamagedException if the flag has been lowered, which only someone from outside can do
     */
    void requireNewest() throws IOException {
        int announced = Incarnations.announced(file.length());
        if (announced > incarnation) {
            throw refused(directory, incarnation, announced + processOf(announced));
        }
        if (announced < incarnation) {
            throw new LogDamagedException(
                    directory.incarnation(), file.length(), "it has become shorter than it was written");
        }
    }

    /** In the words of the refusal. Whoever has raised the flag may not have signed yet. */
    private String processOf(int newer) throws IOException {
        return peek().newest()
                .filter(slot -> slot.incarnation() == newer)
                .map(slot -> " (process " + slot.pid() + ")")
                .orElse("");
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
