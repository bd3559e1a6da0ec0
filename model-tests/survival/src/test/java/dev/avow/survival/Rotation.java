package dev.avow.survival;

import java.time.LocalDate;
import java.time.ZoneOffset;

/** Which points are halted at: all of them, one, or a share that is another each day. */
final class Rotation {
    private static final String POINT = "avow.survival.point";
    private static final String RECOVERY_POINT = "avow.survival.recovery";
    private static final String OFFSET = "avow.survival.offset";
    private static final String HALTS = "avow.survival.halts";
    /** Prime, so that neighbouring runs are halted far apart in their recoveries, and each comes to each in time. */
    private static final long LEAP = 7;

    private final String test;
    private final String point = System.getProperty(POINT, "");
    private final String recoveryPoint = System.getProperty(RECOVERY_POINT, "");
    private final long offset =
            Long.getLong(OFFSET, LocalDate.now(ZoneOffset.UTC).toEpochDay());

    Rotation(Class<?> test) {
        this.test = test.getSimpleName();
    }

    static boolean isThorough() {
        return Boolean.getBoolean("avow.thorough");
    }

    boolean isOnePoint() {
        return !point.isEmpty();
    }

    String point() {
        return point;
    }

    String recoveryPoint() {
        return recoveryPoint;
    }

    int halts(int otherwise) {
        return Integer.getInteger(HALTS, otherwise);
    }

    /** The first of every so many. */
    int first(int stride) {
        return (int) Math.floorMod(offset, (long) stride) + 1;
    }

    /** A point of the recovery from this one. */
    int recoveryPoint(int halt, int points) {
        return (int) Math.floorMod(offset + halt * LEAP, (long) points) + 1;
    }

    void tell(int halts, int points) {
        System.out.println(
                test + ": halts at " + halts + " of " + points + " points, and once in the recovery from each."
                        + " The same again: " + command("-D" + OFFSET + "=" + offset) + "; all of them: -Pthorough");
    }

    String repetition(Ended halt) {
        return command("\"-D" + POINT + "=" + halt.name() + "\"");
    }

    String repetition(Ended halt, Ended inRecovery) {
        return command(
                "\"-D" + POINT + "=" + halt.name() + "\" \"-D" + RECOVERY_POINT + "=" + inRecovery.name() + "\"");
    }

    private String command(String property) {
        return "mvn test -pl model-tests/survival -am -DskipPitest=true -Dtest=" + test + " " + property;
    }
}
