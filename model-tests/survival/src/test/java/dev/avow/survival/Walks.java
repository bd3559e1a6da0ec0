package dev.avow.survival;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Walks over the points that are this build's share, in as many lanes as there are processors. */
final class Walks {
    private static final int LANES = Runtime.getRuntime().availableProcessors();

    /** Makes databases for one lane. */
    @FunctionalInterface
    interface Making {
        Databases in(Path root) throws Exception;
    }

    @FunctionalInterface
    private interface Lane {
        void walk(Walk walk, int lane) throws Exception;
    }

    private final Making making;
    private final Path root;
    private final Rotation rotation;

    Walks(Making making, Path root, Class<?> test) {
        this.making = making;
        this.root = root;
        this.rotation = new Rotation(test);
    }

    /** @param halts at about how many points in a build that isn't thorough */
    void walk(int halts) throws Exception {
        if (rotation.isOnePoint()) {
            newWalk("one").one();
        } else if (Rotation.isThorough()) {
            side((walk, lane) -> walk.everywhere(1 + lane, LANES));
        } else {
            some(rotation.halts(halts));
        }
    }

    private void some(int halts) throws Exception {
        Walk whole = newWalk("whole");
        int points = whole.whole();
        int stride = Math.max(1, points / halts);
        int first = rotation.first(stride);
        rotation.tell((points - first) / stride + 1, points);
        side((walk, lane) -> walk.some(first + lane * stride, LANES * stride, points, whole.recoveryPoints()));
    }

    private Walk newWalk(String name) throws Exception {
        Path folder = Files.createDirectories(root.resolve(name));
        return new Walk(making.in(folder), folder, rotation);
    }

    private void side(Lane walking) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(LANES);
        List<Future<?>> lanes = new ArrayList<>();
        for (int number = 0; number < LANES; number++) {
            int lane = number;
            Walk walk = newWalk("lane" + lane);
            lanes.add(threads.submit(() -> {
                walking.walk(walk, lane);
                return lane;
            }));
        }
        threads.shutdown();
        try {
            for (Future<?> lane : lanes) {
                lane.get();
            }
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof AssertionError finding) {
                throw finding;
            }
            throw failure;
        } finally {
            threads.shutdownNow();
        }
    }
}
