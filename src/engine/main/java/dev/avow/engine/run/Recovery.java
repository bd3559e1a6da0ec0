package dev.avow.engine.run;

import dev.avow.engine.CommitRecord;
import dev.avow.engine.HeuristicRecord;
import dev.avow.engine.Participant;
import dev.avow.engine.Pending;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what is unfinished and has it finished: commits that an earlier incarnation recorded, and participants in doubt of
 * which no record speaks. Each participant is looked at on its own, so a sick one delays no other. (Termination)
 */
final class Recovery {
    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);
    /** So many lines at a start are read; the rest is counted. */
    private static final int MOST_REMINDERS = 10;

    private final Engine engine;
    private final List<Inspection> inspections;
    private final Looks looks = new Looks();

    Recovery(Engine engine) {
        this.engine = engine;
        this.inspections = engine.roster().all().stream()
                .map(participant -> new Inspection(participant, engine, looks))
                .toList();
    }

    void start() {
        remind(engine.log().heuristics());
        engine.log().unfinished().forEach(this::resume);
        inspections.forEach(Inspection::begin);
    }

    /** At each start, until a person has settled them. (HeuristicReported) */
    private static void remind(List<HeuristicRecord> heuristics) {
        heuristics.stream().limit(MOST_REMINDERS).map(Words::of).forEach(LOG::warn);
        if (heuristics.size() > MOST_REMINDERS) {
            LOG.warn(
                    "{} more contradictions wait for a person: avow status lists them all",
                    heuristics.size() - MOST_REMINDERS);
        }
    }

    private void resume(CommitRecord record) {
        List<Branch> branches = new ArrayList<>();
        for (String name : record.participants()) {
            Participant participant = engine.roster().named(name).orElseGet(() -> new MissingParticipant(name));
            branches.add(new Branch(branches.size(), participant));
        }
        Telling telling = Remembering.recovered(record.id(), record.name(), branches, engine);
        engine.tellings().began(telling);
        engine.workers().background(telling::sendCommit);
    }

    /** Has this participant looked at now: it says that it is in doubt. */
    void lookAt(String name) {
        inspections.stream()
                .filter(inspection -> inspection.isOf(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the coordinator was opened with no participant called \"" + name + "\""))
                .begin();
    }

    /** What looks have found and couldn't settle. */
    List<Pending> pending(long nowNanos) {
        return inspections.stream()
                .flatMap(inspection -> inspection.pending(nowNanos).stream())
                .toList();
    }

    /** Has everyone looked at now, and waits until that is done and nothing is left to be told. */
    boolean await(Duration timeout) throws InterruptedException {
        long deadlineNanos = engine.deadlineNanos(timeout);
        long call = looks.call();
        inspections.forEach(Inspection::begin);
        List<String> names =
                engine.roster().all().stream().map(Participant::name).toList();
        return looks.await(call, names, deadlineNanos - engine.nanoTime())
                && engine.tellings().awaitNone(deadlineNanos - engine.nanoTime());
    }
}
