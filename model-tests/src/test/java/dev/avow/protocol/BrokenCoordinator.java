package dev.avow.protocol;

import static dev.avow.protocol.CoordinatorState.COMMITTING;
import static dev.avow.protocol.CoordinatorState.FORGOTTEN;
import static dev.avow.protocol.CoordinatorState.PREPARING;

import java.util.Optional;

/** Coordinators with one flaw each. */
enum BrokenCoordinator implements Broken {
    COMMITS_WITH_A_VOTE_MISSING(Flaw.of("2p0c", Rule.AGREEMENT, 15, Rule.REPLY_TRUE)) {
        @Override
        public boolean allows(Coordinator coordinator, CoordinatorStep step) {
            return step instanceof CoordinatorStep.DecideCommit
                    ? coordinator.is(PREPARING)
                            && !coordinator.yes().isEmpty()
                            && coordinator.no().isEmpty()
                    : coordinator.allows(step);
        }
    },
    COMMITS_DESPITE_A_NO(Flaw.of("2p0c", Rule.REPLY_TRUE, 8)) {
        @Override
        public boolean allows(Coordinator coordinator, CoordinatorStep step) {
            return step instanceof CoordinatorStep.DecideCommit
                    ? coordinator.is(PREPARING)
                            && !coordinator.yes().isEmpty()
                            && coordinator.yes().size() + coordinator.no().size() == coordinator.branches()
                    : coordinator.allows(step);
        }
    },
    SENDS_COMMIT_BEFORE_THE_FORCE(Flaw.of("2p1ct", Rule.DECISION_DURABLE, 9)) {
        @Override
        public Transition<Coordinator> taken(Coordinator coordinator, CoordinatorStep step) {
            Transition<Coordinator> transition = step.takenIn(coordinator);
            return step instanceof CoordinatorStep.DecideCommit
                    ? Broken.withFirst(
                            coordinator.yes().stream().mapToObj(branch -> new Effect.Send(new Message.Commit(branch))),
                            transition)
                    : transition;
        }
    },
    FORCES_NO_DECISION(Flaw.of("2p1c", Rule.PRESUMED_ABORT, 8)) {
        @Override
        public Transition<Coordinator> taken(Coordinator coordinator, CoordinatorStep step) {
            return Broken.without(Effect.ForceCommitRecord.class, step.takenIn(coordinator));
        }
    },
    PRESUMES_COMMIT(Flaw.of("2p1c", Rule.PRESUMED_ABORT, 2)) {
        @Override
        public Coordinator recovered(int branches, Optional<BranchSet> commitRecord, BranchSet reported) {
            return Coordinator.recovered(branches, commitRecord.orElse(BranchSet.first(branches)));
        }
    },
    ANSWERS_WHILE_DECIDING(Flaw.of("2p1ct", Rule.ANSWER_ONLY_DECIDED, 4)) {
        @Override
        public boolean allows(Coordinator coordinator, CoordinatorStep step) {
            return coordinator.allows(step) || (step instanceof CoordinatorStep.Answer && coordinator.is(PREPARING));
        }
    },
    FORGETS_BEFORE_THE_LAST_ACK(Flaw.of("2p0c", Rule.FORGET_AFTER_ACKS, 10)) {
        @Override
        public boolean allows(Coordinator coordinator, CoordinatorStep step) {
            return coordinator.allows(step) || (step instanceof CoordinatorStep.Forget && coordinator.is(COMMITTING));
        }
    },
    COUNTS_READ_ONLY_AS_ACK(Flaw.of("2p0cr", Rule.FORGET_AFTER_ACKS, 8)) {
        @Override
        public boolean allows(Coordinator coordinator, CoordinatorStep step) {
            int told = coordinator.acks().size() + coordinator.readOnly().size();
            return coordinator.allows(step)
                    || (step instanceof CoordinatorStep.Forget
                            && coordinator.is(COMMITTING)
                            && told >= coordinator.committing().size());
        }
    },
    LOSES_THE_PARTICIPANT_LIST(Flaw.of("2p1ct", Rule.FORGET_AFTER_ACKS, 10)) {
        @Override
        public Coordinator recovered(int branches, Optional<BranchSet> commitRecord, BranchSet reported) {
            return super.recovered(branches, commitRecord.map(record -> BranchSet.empty()), reported);
        }
    },
    RECORDS_NO_LIST(Flaw.of("2p1ct", Rule.REPLY_TRUE, 14, Rule.AGREEMENT)) {
        @Override
        public Transition<Coordinator> taken(Coordinator coordinator, CoordinatorStep step) {
            Transition<Coordinator> transition = step.takenIn(coordinator);
            return step instanceof CoordinatorStep.DecideCommit
                    ? Transition.to(
                            transition.next(),
                            new Effect.ForceCommitRecord(BranchSet.empty()),
                            new Effect.Tell(Ending.COMMITTED))
                    : transition;
        }
    },
    HAS_NO_FENCE(Flaw.of("2p1ct", Rule.FENCED, 9, Rule.REPLY_TRUE)) {
        @Override
        public boolean logTakes(int incarnation, int opened) {
            return true;
        }
    },
    IGNORES_THE_REFUSAL(Flaw.of("2p1ct", Rule.PRESUMED_ABORT, 9, Rule.REPLY_TRUE)) {
        @Override
        public Transition<Coordinator> taken(Coordinator coordinator, CoordinatorStep step) {
            return step instanceof CoordinatorStep.Refused && coordinator.is(PREPARING)
                    ? Transition.to(coordinator.committing(coordinator.yes()), new Effect.Tell(Ending.COMMITTED))
                    : step.takenIn(coordinator);
        }
    },
    REPORTS_DAMAGE_TO_NOBODY(Flaw.of("2p0ca", Rule.HEURISTIC_REPORTED, 8)) {
        @Override
        public Transition<Coordinator> taken(Coordinator coordinator, CoordinatorStep step) {
            return Broken.without(Effect.ForceReport.class, step.takenIn(coordinator));
        }
    },
    KEEPS_SILENT_INSTEAD_OF_PRESUMING(Flaw.of("2p1c", Rule.TERMINATION, 6)) {
        @Override
        public boolean allows(Coordinator coordinator, CoordinatorStep step) {
            return coordinator.allows(step) && !(step instanceof CoordinatorStep.Answer && coordinator.is(FORGOTTEN));
        }
    },
    TAKES_UNKNOWN_FOR_ABORTED(Flaw.of("1p0c", Rule.REPLY_TRUE, 4)) {
        @Override
        public Transition<Coordinator> taken(Coordinator coordinator, CoordinatorStep step) {
            return step instanceof CoordinatorStep.ReceiveEnded received && received.ending() == Ending.UNKNOWN
                    ? new CoordinatorStep.ReceiveEnded(received.branch(), Ending.ABORTED).takenIn(coordinator)
                    : step.takenIn(coordinator);
        }
    };

    @SuppressWarnings("ImmutableEnumChecker") // a record of constants
    private final Flaw flaw;

    BrokenCoordinator(Flaw flaw) {
        this.flaw = flaw;
    }

    @Override
    public Flaw flaw() {
        return flaw;
    }
}
