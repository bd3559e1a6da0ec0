package dev.avow.simulator.world;

import static dev.avow.simulator.world.Truth.has;
import static dev.avow.simulator.world.Truth.with;
import static dev.avow.simulator.world.Truth.without;

import dev.avow.protocol.Ending;
import dev.avow.protocol.Message;
import dev.avow.protocol.Vote;
import dev.avow.simulator.Rule;
import dev.avow.simulator.Violation;
import java.util.Optional;

/**
 * Compares all that happens with the rules, over the truth and not over what anyone believes. It looks only at what an
 * event has touched. The first broken rule stops the world.
 *
 * <p>Each participant is a bit, and its lane stands behind those of the coordinators.
 */
final class Judge {
    private final Agenda agenda;
    private final Recorder recorder;
    private final int coordinators;
    private final int[] opened;
    private Optional<Violation> violation = Optional.empty();

    Judge(Agenda agenda, Recorder recorder, int coordinators) {
        this.agenda = agenda;
        this.recorder = recorder;
        this.coordinators = coordinators;
        this.opened = new int[coordinators];
    }

    Optional<Violation> violation() {
        return violation;
    }

    void require(boolean holds, Rule rule, int lane, Truth truth, String text) {
        if (!holds) {
            broken(rule, lane, Optional.of(truth), text);
        }
    }

    void broken(Rule rule, int lane, Optional<Truth> truth, String text) {
        if (violation.isEmpty()) {
            String name = truth.map(one -> one.name).orElse("");
            violation = Optional.of(
                    new Violation(rule, agenda.events(), recorder.lanes().get(lane), name, text));
            recorder.broken(lane, truth, rule, text);
        }
    }

    // What a coordinator does.

    void opened(int coordinator, int incarnation) {
        opened[coordinator] = Math.max(opened[coordinator], incarnation);
    }

    boolean isNewest(int coordinator, int incarnation) {
        return opened[coordinator] == incarnation;
    }

    void sends(Truth truth, int member, Message message) {
        int lane = truth.coordinator;
        if (message instanceof Message.Commit) {
            require(truth.recorded, Rule.DECISION_DURABLE, lane, truth, "a commit leaves before its record is durable");
            requireDecided(truth, "a commit");
            truth.toldCommit = with(truth.toldCommit, member);
        } else if (message instanceof Message.Abort) {
            requireDecided(truth, "an abort");
            truth.toldAbort = with(truth.toldAbort, member);
        }
    }

    private void requireDecided(Truth truth, String what) {
        if (truth.deciding && isNewest(truth.coordinator, truth.id.incarnation())) {
            String text = what + " leaves while the transaction is still being decided";
            broken(Rule.ANSWER_ONLY_DECIDED, truth.coordinator, Optional.of(truth), text);
        }
    }

    void recorded(Truth truth, int incarnation, boolean durable) {
        if (!isNewest(truth.coordinator, incarnation)) {
            String text = "incarnation " + incarnation + " appended a decision after incarnation "
                    + opened[truth.coordinator] + " had opened the log";
            broken(Rule.FENCED, truth.coordinator, Optional.of(truth), text);
        }
        truth.recorded |= durable;
        requirePeersTrue(truth, truth.coordinator);
    }

    /** A participant tells another one the decision. */
    void answers(Truth truth, int member, int asking, Ending ending) {
        if (ending == Ending.COMMITTED) {
            truth.heardCommit = with(truth.heardCommit, asking);
        } else {
            truth.heardAbort = with(truth.heardAbort, asking);
        }
        requirePeersTrue(truth, coordinators + member);
    }

    private void requirePeersTrue(Truth truth, int lane) {
        require(
                truth.heardCommit == 0 || truth.recorded,
                Rule.PEERS_NEVER_PRESUME,
                lane,
                truth,
                "a participant told another one of a commit of which there is no record");
        require(
                truth.heardAbort == 0 || !truth.recorded,
                Rule.PEERS_NEVER_PRESUME,
                lane,
                truth,
                "a participant told another one of an abort, and the commit is recorded");
    }

    /** The end record is appended. */
    void ends(Truth truth) {
        int lane = truth.coordinator;
        int missing = truth.recordedFor & ~((truth.committedDurably | truth.mixed) & truth.saidAck);
        int hidden = truth.recordedFor & truth.abortedAlone & ~truth.reported;
        if (hidden != 0) {
            String text = "the commit is forgotten, and nobody was told that " + names(hidden) + " had aborted alone";
            broken(Rule.HEURISTIC_REPORTED, lane, Optional.of(truth), text);
        }
        if (missing != 0) {
            String text = "the commit is forgotten before " + names(missing) + " has durably committed and said so";
            broken(Rule.FORGET_AFTER_ACKS, lane, Optional.of(truth), text);
        }
        truth.ended = true;
    }

    void told(Truth truth, Ending ending) {
        if (truth.reply.isPresent()) {
            return;
        }
        truth.reply = Optional.of(ending);
        recorder.noted(
                truth.coordinator,
                truth,
                switch (ending) {
                    case COMMITTED -> "tells the caller: committed";
                    case ABORTED -> "tells the caller: aborted";
                    case UNKNOWN -> "tells the caller: unknown";
                });
        requireReply(truth, truth.coordinator);
    }

    private void requireReply(Truth truth, int lane) {
        require(
                !(truth.wasTold(Ending.ABORTED) && !truth.hasOneMember() && truth.recorded),
                Rule.PRESUMED_ABORT,
                lane,
                truth,
                "the caller was told \"aborted\", and the commit is recorded");
        boolean untrue = (truth.wasTold(Ending.COMMITTED) && truth.actedAbort != 0)
                || (truth.wasTold(Ending.ABORTED) && truth.actedCommit != 0);
        if (untrue) {
            String text = "the caller was told " + truth.reply.map(Enum::name).orElse("nothing") + ", and "
                    + names(truth.actedCommit) + " committed, " + names(truth.actedAbort) + " aborted";
            broken(Rule.REPLY_TRUE, lane, Optional.of(truth), text);
        }
    }

    /** A later incarnation has read the log. */
    void found(Truth truth, boolean unfinished) {
        int lane = truth.coordinator;
        if (unfinished) {
            require(truth.attempted, Rule.PRESUMED_ABORT, lane, truth, "the log holds a commit that nobody decided");
            require(
                    !truth.presumed || truth.recorded,
                    Rule.FENCED,
                    lane,
                    truth,
                    "the log holds a commit that an earlier opening didn't find");
            truth.recorded = true;
            requireReply(truth, lane);
        } else {
            require(
                    !truth.recorded || truth.ended,
                    Rule.DECISION_DURABLE,
                    lane,
                    truth,
                    "the commit record was durable, and the reopened log doesn't list it");
            truth.presumed = true;
        }
    }

    // What a participant does.

    void votesYes(Truth truth, int member, boolean durable) {
        int lane = coordinators + member;
        require(
                has(truth.working | truth.prepared, member),
                Rule.UNKNOWN_VOTES_NO,
                lane,
                truth,
                "a yes vote leaves for work that it doesn't hold");
        require(
                has(truth.prepared, member) && durable,
                Rule.VOTE_DURABLE,
                lane,
                truth,
                "a yes vote leaves before the prepared record is durable");
        truth.saidYes = with(truth.saidYes, member);
    }

    void sends(Truth truth, int member, Vote vote, boolean durable) {
        if (vote == Vote.YES) {
            votesYes(truth, member, durable);
        }
    }

    void prepared(Truth truth, int member, boolean durable) {
        require(
                has(truth.working, member),
                Rule.UNKNOWN_VOTES_NO,
                coordinators + member,
                truth,
                "work is prepared that it doesn't hold");
        if (durable) {
            truth.working = without(truth.working, member);
            truth.prepared = with(truth.prepared, member);
        }
    }

    void committed(Truth truth, int member, boolean durable) {
        int lane = coordinators + member;
        require(
                !has(truth.saidYes, member) || has(truth.toldCommit | truth.heardCommit, member),
                Rule.NO_REGRET,
                lane,
                truth,
                "it committed after its yes vote, and nobody told it to");
        truth.working = without(truth.working, member);
        truth.actedCommit = with(truth.actedCommit, member);
        if (durable) {
            truth.committedDurably = with(truth.committedDurably, member);
        }
        requireAgreement(truth, lane);
    }

    void aborted(Truth truth, int member) {
        int lane = coordinators + member;
        require(
                !has(truth.saidYes, member) || has(truth.toldAbort | truth.heardAbort, member),
                Rule.NO_REGRET,
                lane,
                truth,
                "it aborted after its yes vote, and nobody told it to");
        truth.working = without(truth.working, member);
        truth.actedAbort = with(truth.actedAbort, member);
        requireAgreement(truth, lane);
    }

    private void requireAgreement(Truth truth, int lane) {
        if (truth.actedCommit != 0 && truth.actedAbort != 0) {
            String text = names(truth.actedCommit) + " committed and " + names(truth.actedAbort) + " aborted";
            broken(Rule.AGREEMENT, lane, Optional.of(truth), text);
        }
        requireReply(truth, lane);
    }

    void mixed(Truth truth, int member) {
        require(
                has(truth.reported, member),
                Rule.HEURISTIC_REPORTED,
                coordinators + member,
                truth,
                "the evidence of a decision alone is dropped, and the contradiction isn't durably reported");
        truth.mixed = with(truth.mixed, member);
    }

    private String names(int members) {
        StringBuilder names = new StringBuilder();
        for (int rest = members; rest != 0; rest &= rest - 1) {
            names.append(names.isEmpty() ? "" : " and ")
                    .append(recorder.lanes().get(coordinators + Integer.numberOfTrailingZeros(rest)));
        }
        return names.isEmpty() ? "nobody" : names.toString();
    }
}
