package dev.avow.engine.run;

import dev.avow.engine.CommitRecord;
import dev.avow.engine.Participant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds what is unfinished and has it finished: commits that an earlier incarnation recorded, and participants in doubt of
 * which no record speaks. Each participant is looked at on its own, so a sick one delays no other. (Termination)
 */
final class Recovery {
    private final Engine engine;
    private final List<Inspection> inspections;
    private final Looks looks = new Looks();

    Recovery(Engine engine) {
        this.engine = engine;
        this.inspections = engine.participants().stream()
                .map(participant -> new Inspection(participant, engine, looks))
                .toList();
    }

    void start() {
        engine.log().unfinished().forEach(this::resume);
        inspections.forEach(Inspection::begin);
    }

    private void resume(CommitRecord record) {
        List<Branch> branches = new ArrayList<>();
        for (String name : record.participants()) {
            Participant participant = engine.participant(name).orElseGet(() -> new MissingParticipant(name));
            branches.add(new Branch(branches.size(), participant));
        }
        Telling telling = Telling.recovered(record.id(), record.name(), branches, engine);
        engine.tellings().began(telling);
        engine.workers().background(telling::sendCommit);
    }

    /** Has everyone looked at now, and waits until that is done and nothing is left to be told. */
    boolean await(Duration timeout) throws InterruptedException {
        long deadlineNanos = engine.deadlineNanos(timeout);
        long call = looks.call();
        inspections.forEach(Inspection::begin);
        List<String> names =
                engine.participants().stream().map(Participant::name).toList();
        return looks.await(call, names, deadlineNanos - engine.nanoTime())
                && engine.tellings().awaitNone(deadlineNanos - engine.nanoTime());
    }
}
