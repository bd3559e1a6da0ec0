package dev.avow.engine.log;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.engine.CommitRecord;
import dev.avow.engine.HeuristicRecord;
import dev.avow.engine.LogDamagedException;
import dev.avow.engine.LogUnusableException;
import dev.avow.engine.TransactionId;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/**
 * Whatever bytes a decoder meets, it reads what was written or refuses: no other exception, no endless loop, no memory
 * beyond a few times the input. A damaged checksum is refused before the records are looked at, so records with arbitrary
 * bytes come in frames whose checksums hold.
 */
class DecoderProperties {
    private static final LogDirectory DIRECTORY = new LogDirectory(Path.of("log"), LogKind.DECISIONS, DiskFiles.DISK);
    private static final SegmentName NAME = new SegmentName(1, 0);
    private static final long OWNER = 0x3f9c02ab17deL;
    private static final int FILE_BYTES = 16 << 10;

    /** What a log may hold after a crash: all frames up to some point. */
    private static final Set<String> PREFIXES = prefixes();

    /** One damage: these bytes are written at that place, or the segment is cut there. */
    private record Damage(int position, List<Byte> bytes, boolean cuts) {
        byte[] done(byte[] segment) {
            int at = position % Math.max(1, segment.length);
            if (cuts) {
                return Arrays.copyOf(segment, at);
            }
            byte[] damaged = segment.clone();
            for (int index = 0; index < bytes.size() && at + index < damaged.length; index++) {
                damaged[at + index] = bytes.get(index);
            }
            return damaged;
        }
    }

    private static byte[] segment(List<List<byte[]>> frames) {
        byte[] header = SegmentHeader.encode(LogKind.DECISIONS, OWNER, NAME, FILE_BYTES);
        ByteBuffer segment = ByteBuffer.allocate(FILE_BYTES);
        segment.put(header).position(SegmentHeader.PADDED_BYTES);
        for (int number = 0; number < frames.size(); number++) {
            int flags = number == 0 ? FrameCodec.FLAG_SNAPSHOT : 0;
            segment.put(FrameCodec.encode(header, segment.position(), number, flags, frames.get(number)));
        }
        return segment.array();
    }

    private static TransactionId id(long sequence) {
        return TransactionId.of(OWNER, 1, sequence);
    }

    private static List<List<byte[]>> sample() {
        List<List<byte[]>> frames = new ArrayList<>(List.of(List.of()));
        for (long sequence = 1; sequence <= 8; sequence++) {
            CommitRecord commit = new CommitRecord(id(sequence), "O" + sequence, List.of("orders", "payments"));
            frames.add(List.of(DecisionRecords.commit(commit)));
        }
        HeuristicRecord heuristic = new HeuristicRecord(id(3), "O3", "payments", "abort", "commit");
        frames.add(List.of(DecisionRecords.heuristic(heuristic), DecisionRecords.end(id(1))));
        frames.add(List.of(DecisionRecords.settled(id(3), "payments"), DecisionRecords.end(id(2))));
        return frames;
    }

    /** What a reader makes of it; empty if it refuses. */
    private static Optional<DecisionState> recovered(byte[] segment) {
        DecisionState state = new DecisionState(100);
        try {
            SegmentReader.Segment read = SegmentReader.read(DIRECTORY, OWNER, NAME, segment);
            Recovery.replay(read, state);
            return read.frames().isEmpty() ? Optional.empty() : Optional.of(state);
        } catch (LogDamagedException | LogUnusableException refused) {
            assertTrue(String.valueOf(refused.getMessage()).contains("log"), refused::toString);
            return Optional.empty();
        }
    }

    @Property(tries = 20_000)
    void a_damaged_segment_gives_the_decisions_up_to_some_frame_or_is_refused(@ForAll("damages") List<Damage> damages) {
        byte[] damaged = segment(sample());
        for (Damage damage : damages) {
            damaged = damage.done(damaged);
        }
        Optional<DecisionState> state = recovered(damaged);
        Statistics.collect(state.isPresent() ? "read" : "refused");
        state.ifPresent(read -> assertTrue(PREFIXES.contains(summary(read)), () -> summary(read)));
    }

    private static Set<String> prefixes() {
        Set<String> prefixes = new TreeSet<>();
        for (int frames = 1; frames <= sample().size(); frames++) {
            prefixes.add(summary(recovered(segment(sample().subList(0, frames))).orElseThrow()));
        }
        return prefixes;
    }

    private static String summary(DecisionState state) {
        return state.unfinished() + " " + state.remembered() + " " + state.heuristics();
    }

    @Provide
    Arbitrary<List<Damage>> damages() {
        Arbitrary<Integer> anywhere = Arbitraries.integers().between(0, SegmentHeader.PADDED_BYTES + 2_048);
        Arbitrary<List<Byte>> bytes = Arbitraries.oneOf(
                Arbitraries.bytes().list().ofMinSize(1).ofMaxSize(8),
                Arbitraries.of((byte) 0, (byte) -1).list().ofMinSize(1).ofMaxSize(600));
        Arbitrary<Boolean> cuts = Arbitraries.frequency(Tuple.of(9, false), Tuple.of(1, true));
        return Combinators.combine(anywhere, bytes, cuts)
                .as(Damage::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    @Property(tries = 20_000)
    void arbitrary_records_in_good_frames_are_read_or_refused(@ForAll("records") List<byte[]> records) {
        boolean isRead = recovered(segment(List.of(List.of(), records))).isPresent();
        Statistics.collect(isRead ? "read" : "refused");
    }

    /** Arbitrary bytes, and real records with some of theirs changed. */
    @Provide
    Arbitrary<List<byte[]>> records() {
        Arbitrary<byte[]> noise = Arbitraries.bytes().array(byte[].class).ofMaxSize(64);
        Arbitrary<byte[]> real =
                Arbitraries.of(sample().stream().flatMap(List::stream).toList());
        Arbitrary<byte[]> changed = Combinators.combine(
                        real, Arbitraries.integers().between(0, 63), Arbitraries.bytes())
                .as((record, at, value) -> {
                    byte[] copy = record.clone();
                    copy[at % copy.length] = value;
                    return copy;
                });
        return Arbitraries.oneOf(noise, changed).list().ofMinSize(1).ofMaxSize(5);
    }

    @Property(tries = 5_000)
    void arbitrary_bytes_are_no_segment(@ForAll("noise") byte[] noise) {
        SegmentReader.Segment read = SegmentReader.read(DIRECTORY, OWNER, NAME, noise);
        assertTrue(read.frames().isEmpty());
    }

    @Provide
    Arbitrary<byte[]> noise() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(10_000);
    }

    /** A length that a damaged header claims is believed only as far as the file reaches. */
    @Property(tries = 2_000)
    void a_header_that_claims_any_length_costs_no_memory(@ForAll int claimed) {
        byte[] segment = segment(sample());
        ByteBuffer.wrap(segment).putInt(SegmentHeader.PADDED_BYTES + 4, claimed);
        recovered(segment).ifPresent(state -> assertTrue(PREFIXES.contains(summary(state))));
    }
}
