package dev.avow.simulator.world;

import dev.avow.engine.LogException;
import dev.avow.engine.LogOptions;
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

    final int lane;
    private final World world;
    private final Machine machine;
    /** The newest last. */
    private final List<CoordinatorProcess> processes = new ArrayList<>();

    private boolean restartPlanned;

    CoordinatorNode(World world, int lane) {
        this.world = world;
        this.lane = lane;
        this.machine = new Machine(world, lane, trick(world.flaw));
    }

    private static Trick trick(Flaw flaw) {
        if (flaw == Flaw.DISK_OF_COORDINATORS_LIES) {
            return Trick.LIES_ABOUT_FORCE;
        }
        return flaw == Flaw.READS_A_STALE_FENCE ? Trick.READS_ARE_STALE : Trick.NONE;
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
            open(false);
        }
    }

    /** Starts a second process, as if the first were dead. */
    void takeOver() {
        if (processes.size() == 1) {
            world.recorder.saw(Sight.TAKEOVER_WHILE_THE_FORMER_LIVES);
            open(true);
        }
    }

    private void open(boolean lockIsLost) {
        Mount mount = machine.boot(lockIsLost);
        try {
            FileDecisionLog log = FileDecisionLog.open(DIRECTORY, OPTIONS, mount);
            CoordinatorProcess process = new CoordinatorProcess(world, this, mount, log);
            processes.add(process);
            machine.opened();
            world.judge.opened(lane, log.incarnation());
            world.recorder.restarted(lane, "incarnation " + log.incarnation());
            run(process, process::recover);
        } catch (Crash crash) {
            ended(mount);
        } catch (LogException failure) {
            machine.refusedToOpen(failure);
            ended(mount);
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
        machine.died(mount, processes.isEmpty());
        if (processes.isEmpty() && !restartPlanned) {
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
