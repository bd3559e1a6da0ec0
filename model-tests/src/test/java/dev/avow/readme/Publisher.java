package dev.avow.readme;

import dev.avow.engine.Participant;
import dev.avow.engine.Transaction;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.Vote;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

// readme: begin
/** Publishes texts as files of a folder: prepared as ID.prepared, committed by a rename. */
record Publisher(Path folder, Map<TransactionId, String> work) implements Participant {
    @Override
    public String name() {
        return "publisher";
    }

    void publish(Transaction transaction, String text) {
        transaction.enlist(this);
        work.put(transaction.id(), text);
    }

    @Override
    public Vote prepare(TransactionId id) throws IOException {
        String text = work.getOrDefault(id, "");
        if (text.isEmpty()) {
            return Vote.NO; // not held, or lost in a crash
        }
        Files.writeString(prepared(id), text, StandardOpenOption.CREATE, StandardOpenOption.SYNC);
        forceFolder(); // durable before the vote
        return Vote.YES;
    }

    @Override
    public void commit(TransactionId id) throws IOException {
        if (Files.exists(prepared(id))) { // else it was committed before
            Files.move(prepared(id), folder.resolve(id + ".txt"));
            forceFolder(); // durable before the coordinator may forget
        }
        work.remove(id);
    }

    @Override
    public void abort(TransactionId id) throws IOException {
        Files.deleteIfExists(prepared(id));
        work.remove(id);
    }

    @Override
    public Collection<TransactionId> inDoubt() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(file -> file.endsWith(".prepared"))
                    .map(file -> TransactionId.parse(file.replace(".prepared", "")))
                    .toList();
        }
    }
    // readme: end

    Publisher(Path folder) {
        this(folder, new ConcurrentHashMap<>());
    }

    String published(TransactionId id) throws IOException {
        return Files.readString(folder.resolve(id + ".txt"), StandardCharsets.UTF_8);
    }

    private Path prepared(TransactionId id) {
        return folder.resolve(id + ".prepared");
    }

    private void forceFolder() throws IOException {
        try (FileChannel entries = FileChannel.open(folder, StandardOpenOption.READ)) {
            entries.force(true);
        }
    }
}
