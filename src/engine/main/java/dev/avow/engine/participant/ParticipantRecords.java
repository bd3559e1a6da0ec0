package dev.avow.engine.participant;

import dev.avow.engine.RememberedOutcome.Ending;
import dev.avow.engine.Resolution;
import dev.avow.engine.TransactionId;
import dev.avow.protocol.DiskRecord;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The records of a participant's log. Each begins alike:
 *
 * <pre>
 *   0         1      2                          18
 *   +---------+------+--------------------------+------
 *   | version | type | transaction id           | work
 *   +---------+------+--------------------------+------
 *
 *   type 1  prepared             work: all the rest, as the resource gave it
 *   type 2  committed            nothing more: its work stands in its prepared record
 *   type 3  committed in one     work
 *   type 4  aborted              nothing more
 *   type 5  heuristic committed  nothing more
 *   type 6  heuristic aborted    nothing more
 *   type 7  mixed                nothing more
 *   type 9  resolved             decision 1: 1 commit, 2 abort | when 8: milliseconds since 1970 |
 *                                participant | who | why; each text: | length 2 | UTF-8 |
 *
 *   0         1      2
 *   +---------+------+------
 *   | version | 8    | work         type 8: a piece of the resource's state, in a snapshot
 *   +---------+------+------
 * </pre>
 *
 * Type 9 says why a person had it decided alone, and stands before that decision's record.
 */
final class ParticipantRecords {

    private static final byte VERSION = 1;
    private static final byte PREPARED = 1;
    private static final byte COMMITTED = 2;
    private static final byte COMMITTED_IN_ONE = 3;
    private static final byte ABORTED = 4;
    private static final byte HEURISTIC_COMMITTED = 5;
    private static final byte HEURISTIC_ABORTED = 6;
    private static final byte MIXED = 7;
    private static final byte STATE = 8;
    private static final byte RESOLVED = 9;

    private static final byte[] NO_WORK = {};

    /** @param work what the log doesn't hold of it yet; there for a prepared record, and for a commit in one phase */
    static byte[] of(TransactionId id, DiskRecord disk, Optional<byte[]> work) {
        return switch (disk) {
            case PREPARED -> record(PREPARED, id, work.orElseThrow());
            case COMMITTED ->
                work.map(all -> record(COMMITTED_IN_ONE, id, all)).orElseGet(() -> record(COMMITTED, id, NO_WORK));
            case ABORTED -> record(ABORTED, id, NO_WORK);
            case HEURISTIC_COMMITTED -> record(HEURISTIC_COMMITTED, id, NO_WORK);
            case HEURISTIC_ABORTED -> record(HEURISTIC_ABORTED, id, NO_WORK);
            case MIXED -> record(MIXED, id, NO_WORK);
            case NOTHING -> throw new IllegalArgumentException("there is no record that says nothing of " + id);
        };
    }

    static byte[] resolved(Resolution resolution) {
        byte[][] texts = Stream.of(resolution.participant(), resolution.who(), resolution.why())
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new);
        int bytes = Stream.of(texts).mapToInt(text -> 2 + text.length).sum();
        ByteBuffer note = ByteBuffer.allocate(1 + 8 + bytes)
                .put((byte) resolution.decision().code())
                .putLong(resolution.when().toEpochMilli());
        for (byte[] text : texts) {
            note.putShort((short) text.length).put(text);
        }
        return record(RESOLVED, resolution.id(), note.array());
    }

    static byte[] state(byte[] work) {
        return ByteBuffer.allocate(2 + work.length)
                .put(VERSION)
                .put(STATE)
                .put(work)
                .array();
    }

    private static byte[] record(byte type, TransactionId id, byte[] work) {
        return ByteBuffer.allocate(2 + TransactionId.BYTES + work.length)
                .put(VERSION)
                .put(type)
                .put(id.toBytes())
                .put(work)
                .array();
    }

    /**
     * Reads one record into the state.
     *
     * @throws IllegalArgumentException if it isn't exactly as drawn, or speaks of what the records before it rule out
     */
    static void read(ByteBuffer record, DurableState state) {
        try {
            byte version = record.get();
            if (version != VERSION) {
                throw new IllegalArgumentException("a record there is of version " + version
                        + " and this version of Avow reads version " + VERSION);
            }
            byte type = record.get();
            if (type == STATE) {
                state.restored(rest(record));
            } else {
                read(type, new TransactionId(record.getLong(), record.getLong()), record, state);
            }
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("a record there ends too early", e);
        }
        if (record.hasRemaining()) {
            throw new IllegalArgumentException("a record there has " + record.remaining() + " bytes too many");
        }
    }

    private static void read(byte type, TransactionId id, ByteBuffer record, DurableState state) {
        switch (type) {
            case PREPARED -> state.prepared(id, rest(record));
            case COMMITTED -> state.committed(id);
            case COMMITTED_IN_ONE -> state.committedInOne(rest(record));
            case ABORTED -> state.aborted(id);
            case HEURISTIC_COMMITTED -> state.heuristicCommitted(id);
            case HEURISTIC_ABORTED -> state.heuristicAborted(id);
            case MIXED -> state.mixed(id);
            case RESOLVED -> state.resolved(resolution(id, record));
            default -> throw new IllegalArgumentException("a record there is of the unknown type " + type);
        }
    }

    private static Resolution resolution(TransactionId id, ByteBuffer record) {
        byte code = record.get();
        Ending decision = Stream.of(Ending.values())
                .filter(ending -> ending.code() == code)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a record there has the unknown ending " + code));
        Instant when = Instant.ofEpochMilli(record.getLong());
        return new Resolution(id, id.toString(), text(record), decision, true, text(record), when, text(record));
    }

    private static String text(ByteBuffer record) {
        int length = Short.toUnsignedInt(record.getShort());
        if (length > record.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] utf8 = new byte[length];
        record.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private static byte[] rest(ByteBuffer record) {
        byte[] rest = new byte[record.remaining()];
        record.get(rest);
        return rest;
    }

    private ParticipantRecords() {}
}
