package dev.avow.simulator.world;

import dev.avow.simulator.Knob;
import dev.avow.simulator.Sight;
import dev.avow.simulator.disk.SimulatedDisk;
import java.util.SplittableRandom;

/** What befalls the world from outside: cut networks, full disks, clocks that jump, takeovers. */
final class Misfortunes {
    private static final long LONGEST_CUT = 600 * Agenda.MILLIS;
    private static final long LONGEST_FULLNESS = 800 * Agenda.MILLIS;

    private static final int PERCENT_FOR_A_FULL_DISK = 4;

    private final World world;
    private final SplittableRandom random;
    private final int lanes;

    Misfortunes(World world, long lastsNanos) {
        this.world = world;
        this.random = world.dice.events.split();
        this.lanes = world.recorder.lanes().size();
        plan(random, Knob.PARTITIONS, lastsNanos, this::cut);
        plan(random, Knob.TAKEOVERS, lastsNanos, this::takeOver);
        plan(world.dice.clocks, Knob.CLOCK_JUMPS, lastsNanos, this::jump);
        int fillings = (world.settings.get(Knob.DISK_FAULTS) + PERCENT_FOR_A_FULL_DISK - 1) / PERCENT_FOR_A_FULL_DISK;
        for (int filling = 0; filling < fillings; filling++) {
            world.agenda.after(random.nextLong(lastsNanos), this::fill);
        }
    }

    private void plan(SplittableRandom dice, Knob knob, long lastsNanos, Runnable misfortune) {
        for (int time = 0; time < world.settings.get(knob); time++) {
            world.agenda.after(dice.nextLong(lastsNanos), misfortune);
        }
    }

    private void cut() {
        world.network.cutOff(1 + random.nextInt((1 << lanes) - 1));
        world.recorder.noted(0, "the network is cut in two");
        world.agenda.after(1 + random.nextLong(LONGEST_CUT), world.network::heal);
    }

    private void takeOver() {
        world.coordinators().get(random.nextInt(world.coordinators().size())).takeOver();
    }

    private void fill() {
        boolean atCoordinator = random.nextBoolean();
        SimulatedDisk disk = atCoordinator
                ? world.coordinators()
                        .get(random.nextInt(world.coordinators().size()))
                        .machine()
                        .disk()
                : world.participants()
                        .get(random.nextInt(world.participants().size()))
                        .machine()
                        .disk();
        disk.setFull(true);
        world.agenda.after(1 + random.nextLong(LONGEST_FULLNESS), () -> disk.setFull(false));
    }

    /** Timers run on a clock that never jumps, and nothing asks for the time of day: this must change nothing. */
    private void jump() {
        world.recorder.saw(Sight.CLOCK_JUMPED);
    }
}
