package dev.avow.simulator.world;

import dev.avow.engine.HeuristicException;
import dev.avow.engine.LogException;
import dev.avow.engine.LogFullException;
import dev.avow.engine.LogOptions;
import dev.avow.engine.TransactionId;
import dev.avow.engine.participant.ParticipantRuntime;
import dev.avow.protocol.Ending;
import dev.avow.protocol.Message;
import dev.avow.protocol.Vote;
import dev.avow.simulator.Flaw;
import dev.avow.simulator.Knob;
import dev.avow.simulator.Sight;
import dev.avow.simulator.disk.Crash;
import dev.avow.simulator.disk.Mount;
import dev.avow.simulator.disk.Trick;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;

/** A participant: the real runtime with its real log on a simulated disk, behind a simulated network. */
final class ParticipantNode implements Message.ParticipantInbox {
    private static final LogOptions OPTIONS = new LogOptions(4_096, 0);
    private static final Path DIRECTORY = Path.of("participant");
    private static final long INQUIRY_PAUSE = 100 * Agenda.MILLIS;
    private static final long WORK_TIMEOUT = 3 * Agenda.SECONDS;

    final int member;
    final int lane;
    private final World world;
    private final Machine machine;
    private final Witness witness;
    private final Peers peers;

    /** One life of its process. */
    private record Life(Mount mount, Ledger ledger, ParticipantRuntime runtime) {}

    private Optional<Life> process = Optional.empty();
    private Optional<Truth> answering = Optional.empty();
    private boolean inquiryPlanned;

    ParticipantNode(World world, int member, int lane) {
        this.world = world;
        this.member = member;
        this.lane = lane;
        boolean lies = world.flaw == Flaw.DISK_OF_PARTICIPANTS_LIES;
        this.machine = new Machine(world, lane, lies ? Trick.LIES_ABOUT_FORCE : Trick.NONE);
        this.witness = new Witness(world, this);
        this.peers = new Peers(world, this);
    }

    Machine machine() {
        return machine;
    }

    Peers peers() {
        return peers;
    }

    boolean isUp() {
        return process.isPresent();
    }

    void open() {
        if (isUp()) {
            return;
        }
        Mount mount = machine.boot(false);
        Ledger ledger = new Ledger();
        try {
            ParticipantRuntime runtime =
                    ParticipantRuntime.open(DIRECTORY, OPTIONS, "P" + member, ledger, mount, witness.of(mount, ledger));
            process = Optional.of(new Life(mount, ledger, runtime));
            machine.opened();
            Collection<TransactionId> inDoubt = runtime.inDoubt();
            world.recorder.restarted(lane, "its log, in doubt about " + inDoubt.size());
            witness.recovered(ledger, inDoubt);
            peers.restarted(inDoubt);
            planInquiry();
        } catch (Crash crash) {
            died(mount);
        } catch (LogException failure) {
            machine.refusedToOpen(failure);
            died(mount);
        }
    }

    private void died(Mount mount) {
        process = Optional.empty();
        machine.died(mount, true);
        world.agenda.after(machine.pause(), this::open);
    }

    /** Ends the process from outside. */
    void kill() {
        process.ifPresent(up -> died(up.mount));
    }

    /** Runs something in the process, which may crash in it, and ends by itself when its log has stopped. */
    private void run(Runnable body) {
        if (process.isEmpty()) {
            return;
        }
        Mount mount = process.get().mount;
        try {
            mount.point();
            body.run();
            mount.point();
        } catch (Crash crash) {
            died(mount);
        } catch (LogFullException full) {
            machine.metFullDisk();
        } catch (LogException stopped) {
            if (mount.isAlive()) {
                world.recorder.noted(lane, "its log has stopped");
            }
            died(mount);
        }
    }

    private ParticipantRuntime runtime() {
        return process.orElseThrow().runtime;
    }

    private Ledger ledger() {
        return process.orElseThrow().ledger;
    }

    private Truth truth() {
        return answering.orElseThrow();
    }

    /** The application works here. */
    void work(Truth truth, Ledger.Deed deed, int padding) {
        run(() -> {
            runtime().work(new Enlisted(truth.id, truth.name), runtime(), () -> {
                ledger().work(truth, deed, padding);
                return truth;
            });
            truth.working = Truth.with(truth.working, member);
            peers.works(truth);
            world.agenda.after(WORK_TIMEOUT, () -> run(() -> refuseOldWork(truth)));
        });
    }

    private void refuseOldWork(Truth truth) {
        if (refuse(truth)) {
            world.recorder.saw(Sight.WORK_TIMED_OUT);
        }
    }

    /** Aborts work that it still holds and hasn't voted on. */
    boolean refuse(Truth truth) {
        boolean mayRefuse = Truth.has(truth.working, member) && ledger().holds(truth.id);
        if (mayRefuse) {
            ledger().fail(truth.id);
            answering = Optional.of(truth);
            vote();
        }
        return mayRefuse;
    }

    /** Follows what another participant has told. */
    void hearFromPeer(Truth truth, Ending ending) {
        runtime().hearFromPeer(truth.id, ending);
        machine.wrote();
    }

    /** Sends this to another participant. */
    void sendToPeer(Truth truth, int to, Message message) {
        process.orElseThrow().mount.point();
        world.network.send(lane, world.laneOf(to), truth, message);
    }

    void receive(Network.Letter letter) {
        run(() -> {
            world.recorder.arrived(letter.from(), lane, letter.truth(), letter.number(), letter.message());
            answering = Optional.of(letter.truth());
            if (letter.message() instanceof Message.ToParticipant order) {
                order.receivedBy(this);
            } else {
                peers.receive(letter.truth(), (Message.ToPeer) letter.message());
            }
        });
    }

    @Override
    public void prepare(int branch) {
        Truth truth = truth();
        if (world.flaw == Flaw.VOTES_BEFORE_THE_FORCE && Truth.has(truth.working, member)) {
            send(new Message.VoteOf(member, Vote.YES));
        }
        witness.prepareArrives(truth);
        vote().ifPresent(vote -> {
            boolean lies = world.flaw == Flaw.VOTES_YES_FOR_UNKNOWN_WORK && vote == Vote.NO;
            send(new Message.VoteOf(member, lies ? Vote.YES : vote));
        });
        planInquiry();
    }

    private Optional<Vote> vote() {
        try {
            return Optional.of(runtime().prepare(truth().id));
        } catch (HeuristicException decidedAlone) {
            return Optional.empty();
        } catch (LogFullException full) {
            machine.metFullDisk();
            return Optional.of(Vote.NO);
        } catch (LogException | Crash stopped) {
            throw stopped;
        } catch (Exception refusal) {
            return Optional.of(Vote.NO);
        }
    }

    @Override
    public void commit(int branch) {
        if (world.flaw == Flaw.ACKS_BEFORE_THE_FORCE) {
            send(new Message.Ack(member));
        }
        try {
            runtime().commit(truth().id);
            machine.wrote();
            send(new Message.Ack(member));
        } catch (HeuristicException contradiction) {
            contradicted();
        }
    }

    @Override
    public void abort(int branch) {
        if (world.flaw == Flaw.REFUSES_A_LEGAL_ABORT) {
            return;
        }
        try {
            runtime().abort(truth().id);
        } catch (HeuristicException contradiction) {
            contradicted();
        }
    }

    private void contradicted() {
        if (world.flaw == Flaw.FORGETS_DAMAGE_UNREPORTED) {
            runtime().forget(truth().id);
            send(new Message.Ack(member));
        } else {
            send(new Message.Damage(member));
        }
    }

    @Override
    public void onePhase(int branch) {
        send(new Message.Ended(member, commitOnePhase()));
    }

    private Ending commitOnePhase() {
        try {
            return runtime().commitOnePhase(truth().id);
        } catch (LogException | Crash stopped) {
            throw stopped;
        } catch (Exception unknown) {
            return Ending.UNKNOWN;
        }
    }

    @Override
    public void forget(int branch) {
        runtime().forget(truth().id);
    }

    private void send(Message message) {
        Mount mount = process.orElseThrow().mount;
        mount.point();
        world.network.send(lane, truth().coordinator, truth(), message);
        witness.sends(truth(), message, mount);
    }

    private void planInquiry() {
        if (inquiryPlanned
                || world.flaw == Flaw.NEVER_ASKS
                || runtime().inDoubt().isEmpty()) {
            return;
        }
        inquiryPlanned = true;
        long jitter = world.dice.retries.nextLong(INQUIRY_PAUSE);
        world.agenda.after(INQUIRY_PAUSE + jitter, () -> {
            inquiryPlanned = false;
            run(this::inquire);
        });
    }

    private void inquire() {
        planInquiry();
        for (TransactionId id : runtime().inDoubt()) {
            answering = Optional.of(world.truth(id));
            if (world.flaw == Flaw.ABORTS_ALONE_IN_DOUBT) {
                abort(member);
                continue;
            }
            boolean alone = !world.isCalm() && Dice.percent(world.dice.events, world.settings.get(Knob.ALONE));
            if (alone && ledger().holds(id)) {
                world.recorder.saw(Sight.DECIDED_ALONE);
                runtime().decideAlone(id, world.dice.events.nextBoolean() ? Ending.COMMITTED : Ending.ABORTED);
            }
            send(new Message.Inquiry(member));
            peers.askSometimes(truth());
        }
    }

    /** What is left in doubt, with everything written. */
    Collection<TransactionId> close() {
        Collection<TransactionId> inDoubt = runtime().inDoubt();
        runtime().close();
        process = Optional.empty();
        return inDoubt;
    }
}
