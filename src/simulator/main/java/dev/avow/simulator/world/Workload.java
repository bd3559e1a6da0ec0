package dev.avow.simulator.world;

import dev.avow.simulator.Knob;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;

/** The applications: begin transactions, work at some participants, and commit or abort. */
final class Workload {
    private static final long MEAN_GAP = 25 * Agenda.MILLIS;
    private static final long LONGEST_WORK = 20 * Agenda.MILLIS;
    private static final long PAUSE_WHILE_DOWN = 100 * Agenda.MILLIS;
    private static final long REST = 2 * Agenda.SECONDS;
    private static final int LONGEST_PADDING = 900;

    private final World world;
    private final SplittableRandom random;
    private final int participants;

    Workload(World world) {
        this.world = world;
        this.random = world.dice.workload;
        this.participants = world.settings.get(Knob.PARTICIPANTS);
    }

    long lastsNanos() {
        return world.settings.get(Knob.TRANSACTIONS) * MEAN_GAP + REST;
    }

    void begin() {
        int transactions = world.settings.get(Knob.TRANSACTIONS);
        for (int number = 0; number < transactions; number++) {
            world.agenda.after(random.nextLong(transactions * MEAN_GAP), this::arrive);
        }
    }

    private void arrive() {
        CoordinatorNode node =
                world.coordinators().get(random.nextInt(world.coordinators().size()));
        begin(node);
    }

    private void begin(CoordinatorNode node) {
        Optional<CoordinatorProcess> process = node.reached();
        if (process.isPresent()) {
            node.run(process.get(), () -> begin(process.get()));
        } else {
            world.agenda.after(PAUSE_WHILE_DOWN, () -> begin(node));
        }
    }

    private void begin(CoordinatorProcess process) {
        int[] members = members();
        int set = 0;
        for (int member : members) {
            set = Truth.with(set, member);
        }
        Truth truth = new Truth(world.truths().size() + 1, process.nextId(), process.lane(), set);
        world.add(truth);
        CoordinatorRun run = process.begin(truth, members);
        for (int member : members) {
            work(process, truth, member);
        }
        int refusals = world.settings.get(Knob.REFUSALS);
        boolean commits = !Dice.percent(random, refusals);
        process.later(1 + random.nextLong(LONGEST_WORK), () -> run.end(commits));
    }

    private int[] members() {
        int[] all = new int[participants];
        for (int member = 0; member < participants; member++) {
            int at = random.nextInt(member + 1);
            all[member] = all[at];
            all[at] = member;
        }
        int count = Math.min(participants, 1 + random.nextInt(4));
        return Arrays.copyOf(all, count);
    }

    /** A participant that can't be reached goes without its work, and will vote no. (UnknownVotesNo) */
    private void work(CoordinatorProcess process, Truth truth, int member) {
        Ledger.Deed deed = Ledger.Deed.WRITES;
        if (Dice.percent(random, world.settings.get(Knob.REFUSALS))) {
            deed = Ledger.Deed.FAILS;
        } else if (Dice.percent(random, world.settings.get(Knob.READ_ONLY))) {
            deed = Ledger.Deed.READS;
        }
        int padding = random.nextInt(3) == 0 ? random.nextInt(LONGEST_PADDING) : 0;
        if (!world.network.isCut(process.lane(), world.laneOf(member))) {
            world.participants().get(member).work(truth, deed, padding);
        }
    }
}
