package dev.avow.engine.run;

import dev.avow.engine.CoordinatorStatus;
import dev.avow.engine.Pending;
import dev.avow.engine.Pending.Task;
import dev.avow.engine.TransactionId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The file {@code status} beside a log, as text that a person can read too. Fields are parted by tabs; within one a
 * backslash stands before t, n, r and itself. Ages and pauses count from the time at which the file was written, which is
 * its own: the engine asks nobody for the time of day.
 *
 * <pre>
 *   avow status  1  PROCESS  INCARNATION                 PROCESS is 0 once the coordinator is closed
 *   stopped      WHY                                     only if it has stopped deciding
 *   TASK  ID  AGE-MS  older|own  SINCE-MS|-  ATTEMPTS  NEXT-MS|-  NAME  PARTICIPANT  FAILURE
 *   end
 * </pre>
 */
public final class StatusFile {
    private static final String NAME = "status";
    private static final String HEAD = "avow status";
    private static final String VERSION = "1";
    private static final String NONE = "-";
    private static final String NOBODY = "0";
    private static final int FIELDS = 10;
    /** Several hundred thousand entries. What is longer is no status, and mustn't fill the memory. */
    private static final long MOST_BYTES = 64L << 20;

    private final Path file;

    private StatusFile(Path file) {
        this.file = file;
    }

    /** That of the log in this directory. */
    public static StatusFile in(Path directory) {
        return new StatusFile(directory.resolve(NAME));
    }

    /** Not forced: who is killed needs no status any more. Whoever reads sees the old one or the new, whole. */
    void write(long process, int incarnation, Optional<String> stopped, List<Pending> pending) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(String.join("\t", HEAD, VERSION, String.valueOf(process), String.valueOf(incarnation)));
        stopped.ifPresent(why -> lines.add("stopped\t" + escaped(why)));
        pending.forEach(each -> lines.add(line(each)));
        lines.add("end");
        write(lines);
    }

    private void write(List<String> lines) throws IOException {
        Path fresh = file.resolveSibling(NAME + ".new");
        // Not Files.write(lines), which throws at half a surrogate pair in somebody's message.
        Files.write(fresh, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** The process has closed its coordinator and may live on; what the file says is as old as it was. */
    void disown() throws IOException {
        FileTime written = Files.getLastModifiedTime(file);
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        String[] head = lines.get(0).split("\t", -1);
        head[2] = NOBODY;
        lines.set(0, String.join("\t", head));
        write(lines);
        Files.setLastModifiedTime(file, written);
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    private static String line(Pending pending) {
        return String.join(
                "\t",
                pending.task().name(),
                pending.id().map(TransactionId::toString).orElse(NONE),
                String.valueOf(pending.age().toMillis()),
                pending.older() ? "older" : "own",
                pending.since()
                        .map(since -> String.valueOf(since.toEpochMilli()))
                        .orElse(NONE),
                String.valueOf(pending.attempts()),
                pending.next().map(next -> String.valueOf(next.toMillis())).orElse(NONE),
                escaped(pending.name()),
                escaped(pending.participant()),
                escaped(pending.failure().orElse("")));
    }

    /** What is there; empty if nothing that can be understood is. */
    public Optional<CoordinatorStatus> read() {
        try {
            if (Files.size(file) > MOST_BYTES) {
                return Optional.empty();
            }
            Instant written = Files.getLastModifiedTime(file).toInstant();
            List<String> lines = Files.readAllLines(file);
            String[] head = lines.get(0).split("\t", -1);
            if (!head[0].equals(HEAD) || !head[1].equals(VERSION) || !lines.contains("end")) {
                return Optional.empty();
            }
            Optional<String> stopped = Optional.empty();
            List<Pending> pending = new ArrayList<>();
            for (String line : lines.subList(1, lines.size() - 1)) {
                if (line.startsWith("stopped\t")) {
                    stopped = Optional.of(unescaped(line.substring(line.indexOf('\t') + 1)));
                } else {
                    pending.add(pending(line.split("\t", -1)));
                }
            }
            return Optional.of(new CoordinatorStatus(
                    Long.parseLong(head[2]), Integer.parseInt(head[3]), written, stopped, pending));
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException unreadable) {
            // Missing, of another version, or not ours: the log itself still says what is unfinished.
            return Optional.empty();
        }
    }

    private static Pending pending(String[] fields) {
        if (fields.length != FIELDS) {
            throw new IllegalArgumentException(fields.length + " fields instead of " + FIELDS);
        }
        return new Pending(
                Task.valueOf(fields[0]),
                given(fields[1]).map(TransactionId::parse),
                unescaped(fields[7]),
                unescaped(fields[8]),
                Duration.ofMillis(Long.parseLong(fields[2])),
                fields[3].equals("older"),
                given(fields[4]).map(millis -> Instant.ofEpochMilli(Long.parseLong(millis))),
                Integer.parseInt(fields[5]),
                Optional.of(unescaped(fields[9])).filter(words -> !words.isEmpty()),
                given(fields[6]).map(millis -> Duration.ofMillis(Long.parseLong(millis))));
    }

    private static Optional<String> given(String field) {
        return Optional.of(field).filter(text -> !text.equals(NONE));
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }

    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char here = text.charAt(i);
            if (here == '\\' && i + 1 < text.length()) {
                i++;
                plain.append(
                        switch (text.charAt(i)) {
                            case 't' -> '\t';
                            case 'n' -> '\n';
                            case 'r' -> '\r';
                            default -> text.charAt(i);
                        });
            } else {
                plain.append(here);
            }
        }
        return plain.toString();
    }
}
