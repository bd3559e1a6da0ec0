package dev.avow.simulator.world;

import dev.avow.engine.LogException;
import dev.avow.engine.LogOptions;
import dev.avow.engine.LogRefusedException;
import dev.avow.engine.log.FileDecisionLog;
import dev.avow.simulator.Flaw;
import dev.avow.simulator.Sight;
import dev.avow.simulator.disk.Crash;
import dev.avow.simulator.disk.Mount;
import dev.avow.simulator.disk.Trick;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A coordinator's log and whoever runs on it: as a rule one process, for a while two if one was only thought dead. */
final class CoordinatorNode {
    private static final LogOptions OPTIONS = new LogOptions(4_096, 4);
    private static final Path DIRECTORY = Path.of("coordinator");
    private static final int OLD_ONE_PERCENT = 40;
    private static final int POINTS_OF_A_STEP = 40;
    private static final int POINTS_OF_AN_OPENING = 40;
    private static final long LONGEST_OPENING = 400 * Agenda.MILLIS;

    final int lane;
    private final World world;
    private final Machine machine;
    /** The newest last. */
    private final List<CoordinatorProcess> processes = new ArrayList<>();

    private boolean restartPlanned;
    private int opening;

    CoordinatorNode(World world, int lane) {
        this.world = world;
        this.lane = lane;
        this.machine = new Machine(world, lane, trick(world.flaw));
    }

    private static Trick trick(Flaw flaw) {
        if (flaw == Flaw.DISK_OF_COORDINATORS_LIES) {
            return Trick.LIES_ABOUT_FORCE;
        }
        return flaw == Flaw.READS_A_STALE_FENCE ? Trick.LENGTHS_ARE_STALE : Trick.NONE;
    }

    Machine machine() {
        return machine;
    }

    /** Whom a client or a participant reaches: the newest, or at times the one that was thought dead. */
    Optional<CoordinatorProcess> reached() {
        if (processes.isEmpty()) {
            return Optional.empty();
        }
        boolean old = processes.size() > 1 && Dice.percent(world.dice.events, OLD_ONE_PERCENT);
        return Optional.of(processes.get(old ? 0 : processes.size() - 1));
    }

    void open() {
        restartPlanned = false;
        if (processes.isEmpty()) {
            open(machine.boot(false));
        }
    }

    /**
     * Starts a second process, as if the first were dead: in the middle of what the first does, or such that the first
     * goes on in the middle of its opening. Of the two, one sees the other's flag. (Fenced)
     */
    void takeOver() {
        if (processes.size() != 1) {
            return;
        }
        world.recorder.saw(Sight.TAKEOVER_WHILE_THE_FORMER_LIVES);
        if (world.dice.events.nextBoolean()) {
            Mount former = processes.get(0).mount();
            former.interrupt(world.dice.events.nextInt(POINTS_OF_A_STEP), this::openBesideTheFormer);
        } else {
            Mount mount = machine.boot(true);
            mount.interrupt(world.dice.events.nextInt(POINTS_OF_AN_OPENING), this::letTheFormerGoOn);
            open(mount);
        }
    }

    private void openBesideTheFormer() {
        if (processes.size() == 1 && !world.isCalm()) {
            world.recorder.saw(Sight.TAKEOVER_IN_THE_MIDDLE_OF_THE_FORMERS_STEP);
            open(machine.boot(true));
        }
    }

    private void letTheFormerGoOn() {
        world.recorder.saw(Sight.FORMER_GOES_ON_WHILE_A_NEWCOMER_OPENS);
        world.happenMeanwhile(world.dice.events.nextLong(LONGEST_OPENING));
    }

    private void open(Mount mount) {
        opening++;
        Optional<FileDecisionLog> log = log(mount);
        opening--;
        mount.dontInterrupt();
        if (log.isPresent()) {
            CoordinatorProcess process = new CoordinatorProcess(world, this, mount, log.get());
            processes.add(process);
            machine.opened();
            world.judge.opened(lane, log.get().incarnation());
            world.recorder.restarted(lane, "incarnation " + log.get().incarnation());
            run(process, process::recover);
        } else {
            ended(mount);
        }
    }

    private Optional<FileDecisionLog> log(Mount mount) {
        try {
            return Optional.of(FileDecisionLog.open(DIRECTORY, OPTIONS, mount));
        } catch (LogException failure) {
            if (failure instanceof LogRefusedException) {
                world.recorder.saw(Sight.OPENING_WITHDRAWN);
            }
            machine.refusedToOpen(failure);
            return Optional.empty();
        } catch (Crash crash) {
            return Optional.empty();
        }
    }

    /** Runs something in a process, which may crash in it, and ends by itself when its log has stopped. */
    void run(CoordinatorProcess process, Runnable body) {
        Mount mount = process.mount();
        if (!processes.contains(process)) {
            return;
        }
        try {
            mount.point();
            body.run();
            mount.point();
        } catch (Crash crash) {
            died(process);
        } catch (LogException stopped) {
            if (mount.isAlive()) {
                world.recorder.noted(lane, "its log has stopped");
            }
            died(process);
        }
    }

    private void died(CoordinatorProcess process) {
        processes.remove(process);
        process.seeCrash();
        ended(process.mount());
        process.answerUnknown();
    }

    private void ended(Mount mount) {
        boolean alone = processes.isEmpty() && opening == 0;
        machine.died(mount, alone);
        if (alone && !restartPlanned) {
            restartPlanned = true;
            world.agenda.after(machine.pause(), this::open);
        }
    }

    /** Ends all its processes from outside. */
    void kill() {
        List.copyOf(processes).forEach(this::died);
    }

    /** The newest process, if one runs. */
    Optional<CoordinatorProcess> newest() {
        return processes.isEmpty() ? Optional.empty() : Optional.of(processes.get(processes.size() - 1));
    }

    /** Writes everything, and opens the log once more: how many commits are unfinished there. */
    int close() {
        processes.forEach(CoordinatorProcess::close);
        processes.clear();
        try (FileDecisionLog log = FileDecisionLog.open(DIRECTORY, OPTIONS, machine.boot(false))) {
            return log.unfinished().size();
        }
    }
}
