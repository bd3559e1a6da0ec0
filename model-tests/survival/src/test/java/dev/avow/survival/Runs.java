package dev.avow.survival;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends children on errands. A last recovery waits for the next child and is its first errand, since starting a process
 * takes longer than the errand; what it leaves is audited when that child has ended.
 */
final class Runs {
    /** A shop to be recovered for good, and how it came to be so. */
    private record Waiting(Place place, String story, String repetition) {}

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

    Place fresh() throws IOException, SQLException {
        return databases.fresh(nextFolder());
    }

    Path nextFolder() {
        places++;
        return root.resolve("run" + places);
    }

    /** Runs it until it is halted or ends. */
    Ended run(Place place, Errand errand) throws IOException, SQLException, InterruptedException {
        List<Errand> errands = new ArrayList<>();
        for (Waiting one : waiting) {
            databases.awaitQuiet(one.place());
            errands.add(Errand.recover(one.place()));
        }
        databases.awaitQuiet(place);
        errands.add(errand);
        int code = send(errands);
        Ended ended = Ended.of(place);
        if (code != (ended.halted() ? HaltingPoints.HALTED : 0)) {
            throw new IllegalStateException("a child ended with " + code + " at " + ended + ": " + jvm.said());
        }
        auditWaiting();
        return ended;
    }

    private int send(List<Errand> errands) throws IOException, InterruptedException {
        int code = jvm.end(jvm.start(errands));
        if (code != 0 && code != HaltingPoints.HALTED) {
            throw new IllegalStateException("a child ended with " + code + " on " + errands + ": " + jvm.said());
        }
        return code;
    }

    /** Has it recovered for good, by the next child. */
    void recoverLater(Place place, String story, String repetition) {
        waiting.add(new Waiting(place, story, repetition));
    }

    /** Has it recovered for good now, which numbers the points of that. */
    Ended recoverNow(Place place, String story, String repetition)
            throws IOException, SQLException, InterruptedException {
        Ended ended = run(place, Errand.recover(place));
        audit(new Waiting(place, story, repetition));
        return ended;
    }

    /** To be called at the end: what waits is recovered and audited. */
    void settle() throws IOException, SQLException, InterruptedException {
        if (!waiting.isEmpty()) {
            List<Errand> errands = new ArrayList<>();
            for (Waiting one : waiting) {
                databases.awaitQuiet(one.place());
                errands.add(Errand.recover(one.place()));
            }
            send(errands);
            auditWaiting();
        }
    }

    private void auditWaiting() throws IOException, SQLException {
        for (Waiting one : waiting) {
            audit(one);
        }
        waiting.clear();
    }

    private void audit(Waiting one) throws IOException, SQLException {
        Findings findings = Audit.of(one.place());
        Figures.audited(findings);
        if (!findings.all().isEmpty()) {
            throw new AssertionError(String.join("\n", findings.all()) + "\nafter " + one.story() + "\nfiles: "
                    + one.place().folder().toAbsolutePath() + "\nwhat its children said: "
                    + root.resolve("output").toAbsolutePath() + "\nagain: " + one.repetition());
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
