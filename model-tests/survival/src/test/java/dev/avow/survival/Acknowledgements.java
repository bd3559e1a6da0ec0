package dev.avow.survival;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** What callers were told, forced to a file before anything else happens: a parent must know it after the kill. */
final class Acknowledgements implements AutoCloseable {
    static final String BEGUN = "begun";
    static final String COMMITTED = "committed";
    static final String ABORTED = "aborted";
    /** Neither may be assumed. */
    static final String UNKNOWN = "unknown";

    static final String HEURISTIC = "heuristic";

    private final FileChannel file;

    Acknowledgements(Path path) throws IOException {
        file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    void begun(String id) throws IOException {
        write(BEGUN, id);
    }

    void ended(String how, String id) throws IOException {
        write(how, id);
        file.force(false);
    }

    private synchronized void write(String word, String id) throws IOException {
        file.write(ByteBuffer.wrap((word + " " + id + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** The ids of which this was said. A line without its end was being written at the kill: nobody was told. */
    static List<String> said(String word, Path path) throws IOException {
        if (!Files.exists(path)) {
            return List.of();
        }
        String text = Files.readString(path);
        String whole = text.substring(0, text.lastIndexOf('\n') + 1);
        List<String> ids = new ArrayList<>();
        whole.lines().forEach(line -> {
            if (line.startsWith(word + " ")) {
                ids.add(line.substring(word.length() + 1));
            }
        });
        return ids;
    }
}
