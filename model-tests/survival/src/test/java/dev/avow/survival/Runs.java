package dev.avow.survival;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Sends children on errands. A last recovery waits for the next child and is its first errand, since starting a process
 * takes longer than the errand; what it leaves is audited when that child has ended.
 */
final class Runs {
    /** A shop to be recovered for good, and how it came to be so. */
    private record Waiting(Place place, String story, String repetition) {
        /** All that someone needs to see it again. */
        String told() {
            return "after " + story + "\nfiles: " + place.folder().toAbsolutePath() + "\nagain: " + repetition;
        }
    }

    private final Databases databases;
    private final Path root;
    private final Jvm jvm;
    private final List<Waiting> waiting = new ArrayList<>();
    private int places;

    Runs(Databases databases, Path root) {
        this.databases = databases;
        this.root = root;
        this.jvm = new Jvm(root.resolve("output"));
    }

    Place fresh() throws Exception {
        return databases.fresh(nextFolder());
    }

    Path nextFolder() {
        places++;
        return root.resolve("run" + places);
    }

    /** Runs it until it is halted or ends. */
    Ended run(Place place, Errand errand) throws Exception {
        int code = end(start(place, errand));
        Ended ended = Ended.of(place);
        if (code != (ended.halted() ? HaltingPoints.HALTED : 0)) {
            throw new IllegalStateException("a child ended with " + code + " at " + ended + "\n" + jvm.said());
        }
        return ended;
    }

    /** What waits comes first. */
    Process start(Place place, Errand errand) throws Exception {
        databases.awaitQuiet(place);
        List<Errand> errands = recoveries();
        errands.add(errand);
        return jvm.start(errands);
    }

    private List<Errand> recoveries() throws Exception {
        List<Errand> errands = new ArrayList<>();
        for (Waiting one : waiting) {
            databases.awaitQuiet(one.place());
            errands.add(Errand.recover(one.place()));
        }
        return errands;
    }

    /** Waits for its end, gives its exit code, and audits what waited. */
    int end(Process child) throws Exception {
        int code = jvm.end(child);
        if (code != 0 && code != HaltingPoints.HALTED) {
            String recovering = waiting.stream().map(Waiting::told).collect(Collectors.joining("\n"));
            throw new AssertionError((code == Jvm.HANGS ? "a child hangs" : "a child ended with " + code) + "\n"
                    + recovering + "\n" + jvm.said());
        }
        for (Waiting one : waiting) {
            audit(one);
        }
        waiting.clear();
        return code;
    }

    /** The last that the children have said. */
    String said() {
        return jvm.said();
    }

    /** Has it recovered for good, by the next child. */
    void recoverLater(Place place, String story, String repetition) {
        waiting.add(new Waiting(place, story, repetition));
    }

    /** To be called at the end: what waits is recovered and audited. */
    void settle() throws Exception {
        if (!waiting.isEmpty()) {
            end(jvm.start(recoveries()));
        }
    }

    /** @throws AssertionError with all that isn't as it should be; the files are kept then */
    void audit(Place place, String story, String repetition) throws Exception {
        audit(new Waiting(place, story, repetition));
    }

    private void audit(Waiting one) throws Exception {
        Findings findings = Audit.of(one.place());
        Figures.audited(findings);
        if (!findings.all().isEmpty()) {
            throw new AssertionError(String.join("\n", findings.all()) + "\n" + one.told() + "\n" + jvm.said());
        }
        databases.drop(one.place());
    }

    /** A folder of its own under target, where a failure leaves what it was about. */
    static Path newRoot(String name) throws IOException {
        Path root = Path.of("target", "survival", name);
        Databases.deleteAll(root);
        return Files.createDirectories(root);
    }
}
