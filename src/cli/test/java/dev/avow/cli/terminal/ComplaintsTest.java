package dev.avow.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.avow.engine.LogFullException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComplaintsTest {
    private static void requireFailed(String expected, Exception failure) {
        Complaint complaint = Complaints.of(failure);
        assertEquals(expected, complaint.getMessage());
        assertEquals(Complaint.FAILED, complaint.exitCode());
    }

    @Test
    void a_database_is_quoted_without_its_statement_its_numbers_and_its_gaps() {
        requireFailed(
                "a database failed: Table \"X\" not found",
                new SQLException("Table \"X\" not found; SQL statement:\nselect * from x [42102-240]"));
        requireFailed(
                "a database failed: General error: chunk 7 is missing",
                new SQLException(
                        "General error: \"{0}\"; SQL statement:\ninsert into x [50000-240]",
                        new IllegalStateException("{0} again", new IOException("chunk 7 is missing [2.4.240/6]"))));
        requireFailed("a database failed: IO Exception: it doesn't say more", new SQLException("IO Exception: {0}"));
    }

    @Test
    void a_full_disk_is_called_so_wherever_it_was_met() {
        requireFailed(
                "there is no space left on the disk (IO Exception: No space left on device). Free some and run it again",
                new SQLException(
                        "IO Exception: {0}; SQL statement:\ninsert into x",
                        new IllegalStateException(new IOException("No space left on device"))));
        requireFailed(
                "there is no space left on the disk (no space). Free some and run it again",
                new LogFullException("no space", new IOException("No space left on device")));
    }

    @Test
    void a_word_is_suggested_only_if_it_is_near() {
        assertEquals(Optional.of("demo"), Suggestion.nearest("dmo", List.of("demo", "log")));
        assertEquals(Optional.of("--orders"), Suggestion.nearest("--order=x", List.of("--orders")));
        assertEquals(Optional.empty(), Suggestion.nearest("bogus", List.of("log")));
        assertEquals(Optional.empty(), Suggestion.nearest("", List.of("log")));
    }
}
