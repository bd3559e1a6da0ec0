package dev.avow.cli.terminal;

import dev.avow.engine.LogException;
import dev.avow.engine.LogUnusableException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.sql.SQLException;
import java.util.Optional;

/** Turns exceptions into complaints: one place knows which of them a person can do something about. */
public final class Complaints {
    private Complaints() {}

    public static Complaint of(Exception failure) {
        if (failure instanceof Complaint complaint) {
            return complaint;
        }
        if (isNoSpace(failure)) {
            return Complaint.failed(
                    "there is no space left on the disk (" + words(failure) + "). Free some and run it again", failure);
        }
        if (failure instanceof LogUnusableException) {
            return Complaint.wrongInput(Text.oneLine(message(failure)), failure);
        }
        // A coordinator that has stopped refuses with what stopped it.
        if (failure instanceof LogException || failure.getCause() instanceof LogException) {
            return Complaint.failed(Text.oneLine(message(failure)), failure);
        }
        if (failure instanceof SQLException) {
            return Complaint.failed("a database failed: " + words(failure), failure);
        }
        if (failure instanceof IOException io) {
            return Complaint.failed(reason(io), failure);
        }
        return Complaint.failed(
                "unexpected " + failure.getClass().getSimpleName() + ": " + Text.firstLine(message(failure))
                        + "; --debug shows where",
                failure);
    }

    /** Why a file operation failed, in words: the exceptions of java.nio often say no more than the path. */
    public static String reason(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "there is no such file";
        }
        if (failure instanceof AccessDeniedException) {
            return "access is denied";
        }
        if (failure instanceof NotDirectoryException || failure instanceof FileAlreadyExistsException) {
            return "a file stands in the way";
        }
        if (failure instanceof CharacterCodingException) {
            return "it isn't UTF-8 text";
        }
        if (failure instanceof FileSystemException fileSystem) {
            return Optional.ofNullable(fileSystem.getReason()).orElseGet(() -> message(failure));
        }
        return Text.firstLine(message(failure));
    }

    /** Whether the disk is full, wherever that was met. */
    public static boolean isNoSpace(Exception failure) {
        return DatabaseWords.sayNoSpace(failure);
    }

    /** What a database or the log said, in one line. */
    public static String words(Exception failure) {
        return failure instanceof SQLException database ? DatabaseWords.of(database) : Text.oneLine(message(failure));
    }

    private static String message(Exception failure) {
        return Optional.ofNullable(failure.getMessage()).orElse("without a message");
    }
}
