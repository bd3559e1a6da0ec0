package dev.avow.grpc;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** A process of its own that opens a book, and says in a line how that went. */
final class BookOpening {
    private BookOpening() {}

    public static void main(String[] args) throws IOException {
        // Only the command may print by System.out: this is how a test's process answers.
        try (Writer out = new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), StandardCharsets.UTF_8)) {
            try {
                Book.open(Path.of(args[0]), "orders").close();
                out.write("opened");
            } catch (UnusableDirectoryException refused) {
                out.write(String.valueOf(refused.getMessage()));
            }
        }
    }
}
