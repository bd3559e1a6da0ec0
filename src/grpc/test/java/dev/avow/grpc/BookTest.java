package dev.avow.grpc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a participant knows of its coordinators, through restarts and damage. */
class BookTest {
    private static final Place SHOP = new Place("shop.internal:7400", "shop");
    private static final Book.Entry ENTRY = entry(7, SHOP);

    @TempDir
    private Path folder;

    private static Book.Entry entry(long number, Place place) {
        return new Book.Entry(
                number, place, new TreeMap<>(Map.of("payments", new Place("payments.internal:7401", "payer"))));
    }

    private Path file() {
        return folder.resolve("coordinators");
    }

    private void learned(Book.Entry... entries) throws IOException {
        try (Book book = Book.open(folder, "orders")) {
            for (Book.Entry entry : entries) {
                book.learn(entry);
            }
        }
    }

    @Test
    void a_coordinator_is_known_after_a_restart() throws IOException {
        Book.Entry other = entry(8, new Place("[::1]:7400", "plaintext"));
        learned(ENTRY, other);
        try (Book book = Book.open(folder, "orders")) {
            assertEquals(Optional.of(ENTRY), book.of(7));
            assertEquals(List.of(ENTRY, other), List.copyOf(book.entries()));
            assertEquals(Optional.empty(), book.of(9));
        }
    }

    @Test
    void a_coordinator_that_has_moved_is_found_at_its_new_address() throws IOException {
        Book.Entry moved = entry(7, new Place("new.internal:7400", "shop"));
        learned(ENTRY, moved);
        try (Book book = Book.open(folder, "orders")) {
            assertEquals(List.of(moved), List.copyOf(book.entries()));
        }
    }

    @Test
    void what_is_known_is_not_written_again() throws IOException {
        try (Book book = Book.open(folder, "orders")) {
            book.learn(ENTRY);
            Files.delete(file());
            book.learn(entry(7, SHOP));
            assertTrue(Files.notExists(file()));
        }
    }

    @Test
    void a_number_is_never_bound_to_another_identity() throws IOException {
        learned(ENTRY);
        try (Book book = Book.open(folder, "orders")) {
            RefusedEntryException refused = assertThrows(
                    RefusedEntryException.class, () -> book.learn(entry(7, new Place(SHOP.address(), "impostor"))));
            assertTrue(
                    String.valueOf(refused.getMessage()).contains("another's than \"impostor\"'s"), refused::toString);
            assertEquals(Optional.of(ENTRY), book.of(7));
        }
    }

    @Test
    void one_identity_does_not_fill_the_book() throws IOException {
        Book.Entry[] most = new Book.Entry[Book.MOST_OF_ONE_IDENTITY];
        for (int i = 0; i < most.length; i++) {
            most[i] = new Book.Entry(i, SHOP, new TreeMap<>());
        }
        Files.write(file(), new BookPages("orders").write(List.of(most)));
        try (Book book = Book.open(folder, "orders")) {
            RefusedEntryException refused =
                    assertThrows(RefusedEntryException.class, () -> book.learn(entry(most.length, SHOP)));
            assertEquals(Refusals.Kind.TOO_MANY, refused.kind());
            book.learn(entry(most.length, new Place("other:1", "another")));
        }
    }

    @Test
    void each_changed_byte_and_each_missing_end_is_refused_by_name_and_left_alone() throws IOException {
        learned(ENTRY);
        byte[] whole = Files.readAllBytes(file());
        for (int i = 0; i < whole.length; i++) {
            byte[] changed = whole.clone();
            changed[i] ^= 0x41;
            assertDamaged(changed);
            assertDamaged(Arrays.copyOf(whole, i));
        }
    }

    private void assertDamaged(byte[] bytes) throws IOException {
        Files.write(file(), bytes);
        UnusableDirectoryException refused =
                assertThrows(UnusableDirectoryException.class, () -> Book.open(folder, "orders"));
        assertTrue(String.valueOf(refused.getMessage()).contains(file().toString()), refused::toString);
        assertArrayEquals(bytes, Files.readAllBytes(file()));
    }

    @Test
    void a_crash_while_it_was_written_leaves_the_former_one() throws IOException {
        learned(ENTRY);
        Files.writeString(folder.resolve("coordinators.new"), "torn");
        try (Book book = Book.open(folder, "orders")) {
            assertEquals(Optional.of(ENTRY), book.of(7));
            book.learn(entry(8, SHOP));
        }
        try (Book book = Book.open(folder, "orders")) {
            assertEquals(2, book.entries().size());
        }
    }

    @Test
    void what_could_not_be_written_is_not_known() throws IOException {
        try (Book book = Book.open(folder, "orders")) {
            Files.createDirectory(folder.resolve("coordinators.new"));
            assertThrows(IOException.class, () -> book.learn(ENTRY));
            assertEquals(Optional.empty(), book.of(7));
        }
    }

    @Test
    void another_participants_directory_is_refused() throws IOException {
        learned(ENTRY);
        UnusableDirectoryException refused =
                assertThrows(UnusableDirectoryException.class, () -> Book.open(folder, "payments"));
        assertTrue(String.valueOf(refused.getMessage()).contains("participant \"orders\""), refused::toString);
    }

    @Test
    void an_open_directory_is_refused_here_and_in_another_process() throws Exception {
        try (Book book = Book.open(folder, "orders")) {
            book.learn(ENTRY);
            UnusableDirectoryException refused =
                    assertThrows(UnusableDirectoryException.class, () -> Book.open(folder, "orders"));
            String process = "is open in process " + ProcessHandle.current().pid();
            assertTrue(String.valueOf(refused.getMessage()).contains(process), refused::toString);
            String there = openedByAnotherProcess();
            assertTrue(there.contains(process), there);
        }
        assertEquals("opened", openedByAnotherProcess());
        Book.open(folder, "orders").close();
    }

    private String openedByAnotherProcess() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        BookOpening.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            String line = String.valueOf(said.readLine());
            assertTrue(process.waitFor(30, TimeUnit.SECONDS));
            return line;
        } finally {
            process.destroyForcibly();
        }
    }
}
