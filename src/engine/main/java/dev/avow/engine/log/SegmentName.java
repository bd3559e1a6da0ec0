package dev.avow.engine.log;

import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code 0000000007-000003.avow}: the incarnation that wrote the segment, and which of its segments it is. */
record SegmentName(int incarnation, int index) implements Comparable<SegmentName> {

    private static final Pattern TEXT = Pattern.compile("([0-9]{10})-([0-9]{6,10})\\.avow");
    private static final Comparator<SegmentName> AGE =
            Comparator.comparingInt(SegmentName::incarnation).thenComparingInt(SegmentName::index);

    static Optional<SegmentName> parse(String fileName) {
        Matcher matcher = TEXT.matcher(fileName);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long incarnation = Long.parseLong(matcher.group(1));
        long index = Long.parseLong(matcher.group(2));
        return incarnation > Integer.MAX_VALUE || index > Integer.MAX_VALUE
                ? Optional.empty()
                : Optional.of(new SegmentName((int) incarnation, (int) index));
    }

    SegmentName next() {
        return new SegmentName(incarnation, Math.addExact(index, 1));
    }

    String fileName() {
        return String.format(Locale.ROOT, "%010d-%06d.avow", incarnation, index);
    }

    /** The older is the smaller. */
    @Override
    public int compareTo(SegmentName other) {
        return AGE.compare(this, other);
    }
}
