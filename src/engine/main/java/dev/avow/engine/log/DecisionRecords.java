package dev.avow.engine.log;

import dev.avow.engine.CommitRecord;
import dev.avow.engine.HeuristicRecord;
import dev.avow.engine.RememberedOutcome;
import dev.avow.engine.RememberedOutcome.Ending;
import dev.avow.engine.Resolution;
import dev.avow.engine.TransactionId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The records of a decision log. Each begins alike:
 *
 * <pre>
 *   0         1      2                          18
 *   +---------+------+--------------------------+----
 *   | version | type | transaction id           | ...
 *   +---------+------+--------------------------+----
 *
 *   type 1  commit      name | count 2 | a name for each participant
 *   type 2  end         nothing more
 *   type 3  outcome     ending 1 | name
 *   type 4  heuristic   name | participant | what it decided | the decision
 *   type 5  settled     participant
 *   type 6  resolved    decision 1 | forced 1 | when 8 | name | participant | who | why
 *
 *   a name:   | length 2 | UTF-8 |
 * </pre>
 *
 * Type 3 is written for an abort, and in a snapshot for every transaction that is still remembered. Type 6 is a person's
 * doing: the decision is an ending as in type 3, forced is 1 if it contradicts what was decided, else 0, and when counts
 * the milliseconds since 1970. A snapshot begins with these, so that they change nothing of what stands in it.
 */
final class DecisionRecords {

    private static final byte VERSION = 1;
    private static final byte COMMIT = 1;
    private static final byte END = 2;
    private static final byte OUTCOME = 3;
    private static final byte HEURISTIC = 4;
    private static final byte SETTLED = 5;
    private static final byte RESOLVED = 6;

    private static final int USUAL_BYTES = 128;

    static byte[] commit(CommitRecord commit) {
        Writer writer = new Writer(COMMIT, commit.id()).name(commit.name());
        writer.number(2, commit.participants().size());
        commit.participants().forEach(writer::name);
        return writer.bytes();
    }

    static byte[] end(TransactionId id) {
        return new Writer(END, id).bytes();
    }

    static byte[] outcome(RememberedOutcome outcome) {
        return new Writer(OUTCOME, outcome.id())
                .number(1, outcome.ending().code())
                .name(outcome.name())
                .bytes();
    }

    static byte[] heuristic(HeuristicRecord heuristic) {
        return new Writer(HEURISTIC, heuristic.id())
                .name(heuristic.name())
                .name(heuristic.participant())
                .name(heuristic.decided())
                .name(heuristic.decision())
                .bytes();
    }

    static byte[] settled(TransactionId id, String participant) {
        return new Writer(SETTLED, id).name(participant).bytes();
    }

    static byte[] resolved(Resolution resolution) {
        return new Writer(RESOLVED, resolution.id())
                .number(1, resolution.decision().code())
                .number(1, resolution.forced() ? 1 : 0)
                .time(resolution.when())
                .name(resolution.name())
                .name(resolution.participant())
                .name(resolution.who())
                .name(resolution.why())
                .bytes();
    }

    /**
     * Reads one record and shows it to the reader.
     *
     * @throws IllegalArgumentException if it isn't exactly as drawn
     */
    static void read(ByteBuffer record, Reader reader) {
        try {
            byte version = record.get();
            if (version != VERSION) {
                throw new IllegalArgumentException("a record there is of version " + version
                        + " and this version of Avow reads version " + VERSION);
            }
            byte type = record.get();
            TransactionId id = new TransactionId(record.getLong(), record.getLong());
            switch (type) {
                case COMMIT -> reader.commit(new CommitRecord(id, name(record), names(record)));
                case END -> reader.end(id);
                case OUTCOME -> {
                    Ending ending = ending(record.get());
                    reader.outcome(new RememberedOutcome(id, name(record), ending));
                }
                case HEURISTIC ->
                    reader.heuristic(new HeuristicRecord(id, name(record), name(record), name(record), name(record)));
                case SETTLED -> reader.settled(id, name(record));
                case RESOLVED -> reader.resolved(resolution(id, record));
                default -> throw new IllegalArgumentException("a record there is of the unknown type " + type);
            }
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("a record there ends too early", e);
        }
        if (record.hasRemaining()) {
            throw new IllegalArgumentException("a record there has " + record.remaining() + " bytes too many");
        }
    }

    private static Resolution resolution(TransactionId id, ByteBuffer record) {
        Ending decision = ending(record.get());
        boolean forced = flag(record.get());
        Instant when = Instant.ofEpochMilli(record.getLong());
        String name = name(record);
        return new Resolution(id, name, name(record), decision, forced, name(record), when, name(record));
    }

    private static boolean flag(byte code) {
        if (code != 0 && code != 1) {
            throw new IllegalArgumentException("a record there has a " + code + " where only 0 and 1 may stand");
        }
        return code == 1;
    }

    private static Ending ending(byte code) {
        for (Ending ending : Ending.values()) {
            if (ending.code() == code) {
                return ending;
            }
        }
        throw new IllegalArgumentException("a record there has the unknown ending " + code);
    }

    private static String name(ByteBuffer record) {
        int length = Short.toUnsignedInt(record.getShort());
        if (length > record.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] utf8 = new byte[length];
        record.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private static List<String> names(ByteBuffer record) {
        int count = Short.toUnsignedInt(record.getShort());
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(name(record));
        }
        return names;
    }

    /** Whoever reads records, one kind at a time. */
    interface Reader {
        void commit(CommitRecord commit);

        void end(TransactionId id);

        void outcome(RememberedOutcome outcome);

        void heuristic(HeuristicRecord heuristic);

        void settled(TransactionId id, String participant);

        void resolved(Resolution resolution);
    }

    private static final class Writer {

        private ByteBuffer out = ByteBuffer.allocate(USUAL_BYTES);

        Writer(byte type, TransactionId id) {
            out.put(VERSION).put(type).putLong(id.high()).putLong(id.low());
        }

        Writer number(int bytes, int value) {
            for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
                room(1).put((byte) (value >>> shift));
            }
            return this;
        }

        Writer time(Instant when) {
            long millis = when.toEpochMilli();
            return number(4, (int) (millis >>> 32)).number(4, (int) millis);
        }

        /** The public records have seen to it that the length fits. */
        Writer name(String name) {
            byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
            number(2, utf8.length);
            room(utf8.length).put(utf8);
            return this;
        }

        private ByteBuffer room(int bytes) {
            if (out.remaining() < bytes) {
                out = ByteBuffer.allocate(2 * (out.position() + bytes)).put(out.flip());
            }
            return out;
        }

        byte[] bytes() {
            return Arrays.copyOf(out.array(), out.position());
        }
    }

    private DecisionRecords() {}
}
