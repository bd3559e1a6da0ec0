package dev.avow.grpc;

import dev.avow.engine.TransactionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The coordinators that a participant has worked for, by the number that stands in all their transactions' ids: where each is
 * reached, who it is, and the other participants that it named. It is on the disk before the first work for a coordinator is
 * acknowledged, so a participant in doubt knows whom to ask, and whose orders it may take, after any crash. It is written anew
 * when something in it changes: once for each coordinator, and again when one has moved. Safe for any number of threads.
 */
final class Book implements AutoCloseable {
    /** As many at most of one identity: it draws its numbers itself. */
    static final int MOST_OF_ONE_IDENTITY = 4_096;

    private static final String FILE = "coordinators";

    private final BookDirectory directory;
    private final BookPages pages;
    /** Immutable; what it holds is durable. Written under this. */
    private volatile SortedMap<Long, Entry> entries;

    private boolean closed;

    private Book(BookDirectory directory, BookPages pages, SortedMap<Long, Entry> entries) {
        this.directory = directory;
        this.pages = pages;
        this.entries = entries;
    }

    /**
     * A coordinator.
     *
     * @param number {@link dev.avow.engine.TransactionId#coordinator()} of all its transactions
     * @param place where it was last reached, and the identity to which its number is bound for good
     * @param peers the other participants that it named last, by name
     */
    record Entry(long number, Place place, SortedMap<String, Place> peers) {
        Entry {
            peers = new TreeMap<>(peers);
        }
    }

    /**
     * Opens it, and begins an empty one if there is none.
     *
     * @throws UnusableDirectoryException if the directory is open elsewhere, damaged, or another participant's
     */
    static Book open(Path path, String participant) {
        BookDirectory directory = BookDirectory.locked(path);
        try {
            BookPages pages = new BookPages(participant);
            Path file = directory.resolve(FILE);
            List<Entry> read = Files.exists(file) ? pages.read(Files.readAllBytes(file), file) : List.of();
            return new Book(directory, pages, byNumber(read));
        } catch (IOException failure) {
            directory.close();
            throw new UnusableDirectoryException(
                    directory.resolve(FILE) + " can't be read: " + failure + ": give this process the rights", failure);
        } catch (RuntimeException failure) {
            directory.close();
            throw failure;
        }
    }

    private static SortedMap<Long, Entry> byNumber(List<Entry> entries) {
        SortedMap<Long, Entry> map = new TreeMap<>();
        entries.forEach(entry -> map.put(entry.number(), entry));
        return map;
    }

    /** What is known of the coordinator whose transactions have this number. */
    Optional<Entry> of(long coordinator) {
        return Optional.ofNullable(entries.get(coordinator));
    }

    Collection<Entry> entries() {
        return List.copyOf(entries.values());
    }

    /**
     * Keeps this, durably when it returns; at once if nothing has changed.
     *
     * @throws RefusedEntryException if the number is bound to another identity, or this one has too many; nothing has changed
     * @throws IllegalStateException if the book is closed
     * @throws IOException if it can't be written: the coordinator is as unknown, or known, as it was
     */
    void learn(Entry entry) throws IOException {
        if (isKnown(entry)) {
            return;
        }
        write(entry);
    }

    private boolean isKnown(Entry entry) {
        return of(entry.number()).filter(entry::equals).isPresent();
    }

    private synchronized void write(Entry entry) throws IOException {
        if (closed) {
            throw new IllegalStateException("the book of coordinators in " + directory + " is closed");
        }
        if (isKnown(entry)) {
            return;
        }
        requireAllowed(entry);
        SortedMap<Long, Entry> changed = new TreeMap<>(entries);
        changed.put(entry.number(), entry);
        directory.replace(FILE, pages.write(List.copyOf(changed.values())));
        entries = changed;
    }

    private void requireAllowed(Entry entry) throws RefusedEntryException {
        String identity = entry.place().identity();
        Optional<String> bound = of(entry.number()).map(known -> known.place().identity());
        if (bound.isPresent() && !bound.get().equals(identity)) {
            throw new RefusedEntryException(
                    Refusals.Kind.FORGED_TRANSACTION,
                    "the transactions of coordinator "
                            + TransactionId.of(entry.number(), 0, 0).coordinatorText() + " are another's than \""
                            + identity
                            + "\"'s");
        }
        if (bound.isEmpty() && numbersOf(identity) >= MOST_OF_ONE_IDENTITY) {
            throw new RefusedEntryException(
                    Refusals.Kind.TOO_MANY,
                    "\"" + identity + "\" has been " + MOST_OF_ONE_IDENTITY
                            + " different coordinators here, and is refused another: let it keep its log across restarts");
        }
    }

    private long numbersOf(String identity) {
        return entries.values().stream()
                .filter(known -> known.place().identity().equals(identity))
                .count();
    }

    /** Another process may open it then. */
    @Override
    public synchronized void close() {
        closed = true;
        directory.close();
    }
}
