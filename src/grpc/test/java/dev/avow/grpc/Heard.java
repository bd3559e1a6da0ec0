package dev.avow.grpc;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What is said in the log while it is open. */
final class Heard implements AutoCloseable {
    private final PrintStream before = System.err;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    Heard() {
        System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    }

    String text() {
        return said.toString(StandardCharsets.UTF_8);
    }

    /** How many lines hold this. */
    long lines(String part) {
        return text().lines().filter(line -> line.contains(part)).count();
    }

    @Override
    public void close() {
        System.setErr(before);
    }
}
