package dev.avow.simulator.world;

import dev.avow.engine.LogDamagedException;
import dev.avow.engine.LogException;
import dev.avow.engine.LogFullException;
import dev.avow.engine.LogUnusableException;
import dev.avow.simulator.Knob;
import dev.avow.simulator.Rule;
import dev.avow.simulator.Sight;
import dev.avow.simulator.disk.DiskPlan;
import dev.avow.simulator.disk.Mount;
import dev.avow.simulator.disk.SimulatedDisk;
import dev.avow.simulator.disk.Trick;
import java.util.Optional;
import java.util.SplittableRandom;

/** Where a node's processes run: its disk, what goes wrong with it, and the operator who repairs it. */
final class Machine {
    /** About this many points at which a process can crash are passed for each transaction, over all nodes. */
    private static final int POINTS_PER_TRANSACTION = 80;

    private static final int OPERATIONS = 120;
    private static final int POWER_LOSS_PERCENT = 60;
    private static final long SHORT_PAUSE = 30 * Agenda.MILLIS;
    private static final long LONG_PAUSE = 800 * Agenda.MILLIS;

    private final World world;
    private final int lane;
    private final Trick trick;
    private final SimulatedDisk disk = new SimulatedDisk();
    private final SplittableRandom random;
    private Optional<SimulatedDisk> backup = Optional.empty();
    private boolean wasFull;

    Machine(World world, int lane, Trick trick) {
        this.world = world;
        this.lane = lane;
        this.trick = trick;
        this.random = world.dice.disks.split();
    }

    SimulatedDisk disk() {
        return disk;
    }

    /** Starts a process. */
    Mount boot(boolean lockIsLost) {
        return new Mount(disk, world.isCalm() ? DiskPlan.calm() : plan(), trick, lockIsLost, random);
    }

    private DiskPlan plan() {
        int crashes = world.settings.get(Knob.CRASHES);
        int mean = crashes == 0 ? 0 : POINTS_PER_TRANSACTION * 100 / crashes;
        int crashAt = crashes == 0 ? DiskPlan.NEVER : world.dice.crashes.nextInt(2 * mean + 1);
        boolean faulty = Dice.percent(random, world.settings.get(Knob.DISK_FAULTS));
        boolean isWrite = random.nextInt(3) == 0;
        int failAt = faulty ? random.nextInt(OPERATIONS) : DiskPlan.NEVER;
        return new DiskPlan(
                crashAt, isWrite ? failAt : DiskPlan.NEVER, isWrite ? DiskPlan.NEVER : failAt, random.nextBoolean());
    }

    /** A process has ended; {@code alone} if no other uses the disk. */
    void died(Mount mount, boolean alone) {
        mount.kill();
        see(mount);
        if (!world.isCalm()) {
            world.recorder.countCrash();
        }
        if (!alone || !Dice.percent(random, POWER_LOSS_PERCENT)) {
            world.recorder.crashed(lane, "the process is killed");
            return;
        }
        world.recorder.crashed(lane, "the power fails");
        if (disk.losePower(random)) {
            world.recorder.saw(Sight.POWER_LOSS_TEARS_A_WRITE);
        }
        if (!world.isCalm() && Dice.percent(random, world.settings.get(Knob.DAMAGE))) {
            damage();
        }
    }

    private void see(Mount mount) {
        if (mount.crashedInside()) {
            world.recorder.saw(Sight.CRASH_INSIDE_A_FILE_OPERATION);
        }
        if (mount.segments() > 1) {
            world.recorder.saw(Sight.SEGMENT_TURNED_OVER);
        }
        if (mount.failedWrites() > 0) {
            world.recorder.saw(Sight.WRITE_FAILED);
        }
        if (mount.failedForces() > 0) {
            world.recorder.saw(Sight.FORCE_FAILED);
        }
    }

    private void damage() {
        SimulatedDisk before = disk.backup();
        if (disk.damage(random)) {
            world.recorder.noted(lane, "a sector of its disk is damaged");
            backup = backup.or(() -> Optional.of(before));
        }
    }

    long pause() {
        return 1 + random.nextLong(random.nextInt(4) == 0 ? LONG_PAUSE : SHORT_PAUSE);
    }

    /** A log has opened. */
    void opened() {
        wrote();
        if (backup.isPresent()) {
            world.recorder.saw(Sight.DAMAGED_SECTOR_HARMLESS);
            backup = Optional.empty();
        }
    }

    /** A log hasn't opened: an operator restores what was there before the damage, if that is why. */
    void refusedToOpen(LogException failure) {
        wasFull |= failure instanceof LogFullException;
        boolean damaged = failure instanceof LogDamagedException || failure instanceof LogUnusableException;
        if (damaged && backup.isPresent()) {
            world.recorder.saw(Sight.DAMAGED_SECTOR_REFUSED);
            world.recorder.noted(lane, "the log refuses to open, and an operator restores the disk");
            disk.restore(backup.get());
            backup = Optional.empty();
        } else if (damaged) {
            String text = "the log doesn't open, and nothing has damaged it: " + failure.getMessage();
            world.judge.broken(Rule.TERMINATION, lane, Optional.empty(), text);
        }
    }

    void metFullDisk() {
        wasFull = true;
    }

    void wrote() {
        if (wasFull) {
            wasFull = false;
            world.recorder.saw(Sight.DISK_FULL_THEN_RECOVERED);
        }
    }
}
