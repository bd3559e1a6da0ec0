package dev.avow.survival;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Halts the workload at one point after the other, and the recovery from each likewise. One thread's. */
final class Walk {
    /** A recovery that has something to settle has about so many points more than one that has nothing. */
    private static final int SETTLING = 6;

    private final Databases databases;
    private final Runs runs;
    private final Rotation rotation;
    private int recoveryPoints;

    Walk(Databases databases, Path root, Rotation rotation) {
        this.databases = databases;
        this.runs = new Runs(databases, root);
        this.rotation = rotation;
    }

    /** This point and those a stride apart, until a run isn't halted any more; in each recovery every point. */
    void everywhere(int first, int stride) throws Exception {
        int number = first;
        Place place = runs.fresh();
        for (Ended halt = work(place, number); halt.halted(); halt = work(place, number)) {
            int inRecovery = 1;
            while (recover(again(place, halt), halt, inRecovery).halted()) {
                inRecovery++;
            }
            recoverLater(place, halt);
            number += stride;
            place = runs.fresh();
        }
        Figures.add(Figures.Figure.POINTS, first == 1 ? Ended.of(place).number() : 0);
        runs.recoverLater(place, "a whole run", "");
        runs.settle();
    }

    /** This point and those a stride apart, and one in the recovery from each. */
    void some(int first, int stride, int points, int pointsInRecovery) throws Exception {
        for (int number = first; number <= points; number += stride) {
            Place place = runs.fresh();
            Ended halt = work(place, number);
            Place second = again(place, halt);
            recoverLater(place, halt);
            recover(second, halt, rotation.recoveryPoint(number, pointsInRecovery));
        }
        runs.settle();
    }

    /** The one that was asked for. */
    void one() throws Exception {
        Place place = runs.fresh();
        Ended halt = work(place, rotation.point());
        assertTrue(halt.halted(), "there is no point " + rotation.point());
        if (rotation.recoveryPoint().isEmpty()) {
            recoverLater(place, halt);
        } else {
            recover(place, halt, rotation.recoveryPoint());
        }
        runs.settle();
    }

    /** A run that isn't halted, and a recovery from it, to know how many points there are. */
    int whole() throws Exception {
        Place place = runs.fresh();
        Ended end = work(place, Errand.TO_THE_END);
        assertFalse(end.halted());
        requireTurnovers(Files.readAllLines(place.points()));
        recoveryPoints = SETTLING + runs.run(place, Errand.recover(place)).number();
        runs.audit(place, "a whole run", "");
        Figures.add(Figures.Figure.POINTS, end.number());
        return end.number();
    }

    int recoveryPoints() {
        return recoveryPoints;
    }

    /** Among the points are those of a segment that is replaced by the next, in both logs. */
    private static void requireTurnovers(List<String> points) {
        for (String log : List.of("log", "stock")) {
            assertTrue(
                    points.stream().anyMatch(point -> point.matches("O.*: " + log + ": delete segment.*")),
                    "no segment of " + log + " is deleted: make the remarks longer");
        }
    }

    private Ended work(Place place, int haltAt) throws Exception {
        return work(place, Integer.toString(haltAt));
    }

    private Ended work(Place place, String haltAt) throws Exception {
        Ended end = runs.run(place, Errand.work(place, haltAt));
        Figures.add(Figures.Figure.HALTS, end.halted() ? 1 : 0);
        return end;
    }

    /** Another place in the state that this halt left: a copy, or the same done again. */
    private Place again(Place place, Ended halt) throws Exception {
        Optional<Place> copy = databases.copy(place, runs.nextFolder());
        if (copy.isPresent()) {
            return copy.get();
        }
        Place another = runs.fresh();
        assertTrue(work(another, halt.name()).halted(), "the same run doesn't come to " + halt);
        return another;
    }

    private Ended recover(Place place, Ended halt, int haltAt) throws Exception {
        return recover(place, halt, Integer.toString(haltAt));
    }

    /** Recovers until it is halted, and leaves the rest to a last recovery. */
    private Ended recover(Place place, Ended halt, String haltAt) throws Exception {
        Ended end = runs.run(place, Errand.recover(place, haltAt));
        Figures.add(Figures.Figure.RECOVERY_HALTS, end.halted() ? 1 : 0);
        runs.recoverLater(
                place, "a halt at " + halt + ", and in the recovery from it at " + end, rotation.repetition(halt, end));
        return end;
    }

    private void recoverLater(Place place, Ended halt) {
        runs.recoverLater(place, "a halt at " + halt, rotation.repetition(halt));
    }
}
