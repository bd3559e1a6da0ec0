package dev.avow.engine;

/**
 * How a file log uses its directory. Immutable.
 *
 * @param segmentBytes the size of one preallocated file, 4,096 to 1,073,741,824; a file grows beyond it if the
 *     unfinished work needs more. Two such files exist for a moment at each turnover
 * @param rememberedOutcomes how many finished transactions can still be looked up, 0 or more
 * @param observer sees each force
 */
public record LogOptions(int segmentBytes, int rememberedOutcomes, LogObserver observer) {

    /** The largest file that a log writes. */
    public static final int MAX_SEGMENT_BYTES = 1 << 30;

    private static final int MIN_SEGMENT_BYTES = 4_096;

    /** @throws IllegalArgumentException if a value is out of its range */
    public LogOptions {
        if (segmentBytes < MIN_SEGMENT_BYTES || segmentBytes > MAX_SEGMENT_BYTES) {
            throw new IllegalArgumentException(
                    "segmentBytes is " + segmentBytes + ": use " + MIN_SEGMENT_BYTES + " to " + MAX_SEGMENT_BYTES);
        }
        if (rememberedOutcomes < 0) {
            throw new IllegalArgumentException("rememberedOutcomes is " + rememberedOutcomes + ": use 0 or more");
        }
        if (observer == null) {
            throw new IllegalArgumentException("observer is null: use (records, nanos) -> {} for none");
        }
    }

    /** Nobody sees its forces. */
    public LogOptions(int segmentBytes, int rememberedOutcomes) {
        this(segmentBytes, rememberedOutcomes, (records, nanos) -> {});
    }

    /** 16 MiB segments, 1,024 remembered outcomes, no observer. */
    public static LogOptions defaults() {
        return new LogOptions(16 << 20, 1_024);
    }

    public LogOptions withSegmentBytes(int newSegmentBytes) {
        return new LogOptions(newSegmentBytes, rememberedOutcomes, observer);
    }

    public LogOptions withRememberedOutcomes(int newRememberedOutcomes) {
        return new LogOptions(segmentBytes, newRememberedOutcomes, observer);
    }

    public LogOptions withObserver(LogObserver another) {
        return new LogOptions(segmentBytes, rememberedOutcomes, another);
    }
}
