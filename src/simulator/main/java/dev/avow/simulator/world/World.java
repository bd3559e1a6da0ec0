package dev.avow.simulator.world;

import dev.avow.engine.TransactionId;
import dev.avow.protocol.Ending;
import dev.avow.simulator.Flaw;
import dev.avow.simulator.Knob;
import dev.avow.simulator.Result;
import dev.avow.simulator.Rule;
import dev.avow.simulator.Settings;
import dev.avow.simulator.Trace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A simulated world, from its beginning to its end. Used once, by one thread. */
public final class World {
    private static final long CALM_LASTS = 30 * Agenda.SECONDS;

    final Settings settings;
    final Flaw flaw;
    final Dice dice;
    final Agenda agenda = new Agenda();
    final Recorder recorder;
    final Judge judge;
    final Network network;

    private final Settings given;
    private final long seed;
    private final List<CoordinatorNode> coordinators = new ArrayList<>();
    private final List<ParticipantNode> participants = new ArrayList<>();
    private final List<Truth> truths = new ArrayList<>();
    private final Map<TransactionId, Truth> truthsById = new HashMap<>(); // looked up, never walked through
    private long calmPlannedAt;
    private long calmSince = Long.MAX_VALUE;

    public World(Settings settings, long seed, Flaw flaw, boolean inWords) {
        this.dice = new Dice(seed);
        this.given = settings;
        this.settings = Weather.over(settings, dice.weather);
        this.seed = seed;
        this.flaw = flaw;
        this.recorder = new Recorder(agenda, lanes(settings), inWords);
        this.judge = new Judge(agenda, recorder, settings.get(Knob.COORDINATORS));
        this.network = new Network(agenda, dice, this.settings, recorder, this::deliver);
        for (int number = 0; number < settings.get(Knob.COORDINATORS); number++) {
            coordinators.add(new CoordinatorNode(this, number));
        }
        for (int member = 0; member < settings.get(Knob.PARTICIPANTS); member++) {
            participants.add(new ParticipantNode(this, member, laneOf(member)));
        }
    }

    private static List<String> lanes(Settings settings) {
        List<String> lanes = new ArrayList<>();
        for (int number = 1; number <= settings.get(Knob.COORDINATORS); number++) {
            lanes.add("coordinator " + number);
        }
        for (int number = 1; number <= settings.get(Knob.PARTICIPANTS); number++) {
            lanes.add("participant " + number);
        }
        return lanes;
    }

    /** Lets everything happen, up to the first broken rule. */
    public Trace run() {
        recorder.begins(() -> "Seed " + seed + " makes of the settings: " + settings);
        participants.forEach(ParticipantNode::open);
        coordinators.forEach(CoordinatorNode::open);
        Workload workload = new Workload(this);
        new Misfortunes(this, workload.lastsNanos());
        workload.begin();
        calmPlannedAt = workload.lastsNanos();
        agenda.after(calmPlannedAt, this::comeToCalm);
        letHappen(Long.MAX_VALUE);
        if (isOverdue()) {
            broken(Rule.TERMINATION, 0, "the world doesn't come to rest");
        }
        if (judge.violation().isEmpty()) {
            recorder.begins(() -> "Everything is at rest: every log is opened once more");
            new Audit(this).requireSettled();
        }
        Result result = new Result(
                given,
                seed,
                truths.size(),
                (int) truths.stream()
                        .filter(truth -> truth.wasTold(Ending.COMMITTED))
                        .count(),
                agenda.events(),
                recorder.crashes(),
                agenda.now(),
                recorder.hash(),
                recorder.sights(),
                judge.violation());
        return new Trace(result, recorder.lanes(), recorder.entries());
    }

    /** Lets happen in the middle of something what is due within this time, but for the end of all faults. */
    void happenMeanwhile(long nanos) {
        long until = Math.min(agenda.now() + nanos, calmPlannedAt - 1);
        letHappen(until);
        agenda.pass(until);
    }

    private void letHappen(long untilNanos) {
        while (judge.violation().isEmpty() && agenda.isDueBy(untilNanos) && !isOverdue()) {
            agenda.next();
        }
    }

    private boolean isOverdue() {
        return isCalm() && agenda.now() > calmSince + CALM_LASTS;
    }

    /** Faults stop, and everybody restarts. (Termination) */
    private void comeToCalm() {
        calmSince = agenda.now();
        recorder.begins(() -> "Faults stop, and everybody restarts");
        network.calm();
        participants.forEach(node -> node.machine().disk().setFull(false));
        coordinators.forEach(node -> node.machine().disk().setFull(false));
        participants.forEach(ParticipantNode::kill);
        coordinators.forEach(CoordinatorNode::kill);
    }

    boolean isCalm() {
        return calmSince != Long.MAX_VALUE;
    }

    private void deliver(int lane, Network.Letter letter) {
        if (lane < coordinators.size()) {
            coordinators.get(lane).reached().ifPresentOrElse(process -> process.receive(letter), () -> lost(letter));
        } else if (participants.get(lane - coordinators.size()).isUp()) {
            participants.get(lane - coordinators.size()).receive(letter);
        } else {
            lost(letter);
        }
    }

    private void lost(Network.Letter letter) {
        recorder.lost(letter.from(), letter.to(), letter.truth(), letter.number(), "nobody is there");
    }

    int laneOf(int member) {
        return coordinators.size() + member;
    }

    List<CoordinatorNode> coordinators() {
        return coordinators;
    }

    List<ParticipantNode> participants() {
        return participants;
    }

    void add(Truth truth) {
        truths.add(truth);
        truthsById.put(truth.id, truth);
    }

    /** In the order in which they began. */
    List<Truth> truths() {
        return truths;
    }

    Truth truth(TransactionId id) {
        return Optional.ofNullable(truthsById.get(id))
                .orElseThrow(() -> new IllegalStateException("nobody has begun " + id));
    }

    void broken(Rule rule, int lane, String text) {
        judge.broken(rule, lane, Optional.empty(), text);
    }
}
