package dev.avow.protocol;

import java.util.List;
import java.util.stream.Collectors;

/** One thing that can happen next in a {@link World}. */
sealed interface Move {
    /** Choices are drawn by band, so that faults are neither rare nor all that happens. */
    enum Band {
        PROGRESS,
        FAULT,
        TIMEOUT
    }

    Band band();

    /** The name of the spec's action. */
    String action();

    /**
     * A step of one incarnation of the coordinator.
     *
     * @param carriedOut how many of its effects are carried out: all, or those before a crash
     */
    record OfCoordinator(int incarnation, CoordinatorStep step, Transition<Coordinator> transition, int carriedOut)
            implements Move {
        OfCoordinator(int incarnation, CoordinatorStep step, Transition<Coordinator> transition) {
            this(incarnation, step, transition, transition.effects().size());
        }

        boolean isCut() {
            return carriedOut < transition.effects().size();
        }

        @Override
        public Band band() {
            // After a vote no there is nothing to wait for.
            boolean isTimeout = step instanceof CoordinatorStep.GiveUpOnePhase
                    || (step instanceof CoordinatorStep.DecideAbort
                            && transition.next().no().isEmpty());
            return bandOf(isCut(), isTimeout);
        }

        @Override
        public String action() {
            return step.action();
        }

        @Override
        public String toString() {
            return described(action(), "incarnation " + incarnation, step, transition.effects(), carriedOut);
        }
    }

    /**
     * A step of the participant of one branch.
     *
     * @param carriedOut how many of its effects are carried out: all, or those before a crash
     */
    record OfParticipant(int branch, ParticipantStep step, Transition<Participant> transition, int carriedOut)
            implements Move {
        OfParticipant(int branch, ParticipantStep step, Transition<Participant> transition) {
            this(branch, step, transition, transition.effects().size());
        }

        boolean isCut() {
            return carriedOut < transition.effects().size();
        }

        /** Whether the branch is in this state before the move. */
        boolean isIn(World world, ParticipantState state) {
            return world.branch(branch).is(state);
        }

        @Override
        public Band band() {
            boolean isFault = isCut() || step instanceof ParticipantStep.DecideAlone;
            boolean isTimeout =
                    step instanceof ParticipantStep.Refuse || step instanceof ParticipantStep.RefuseOnePhase;
            return bandOf(isFault, isTimeout);
        }

        @Override
        public String action() {
            return step.action();
        }

        @Override
        public String toString() {
            return described(action(), "branch " + branch, step, transition.effects(), carriedOut);
        }
    }

    /**
     * Something that happens to a node.
     *
     * @param node the incarnation, the branch, or 0 for the log
     */
    record OfEnvironment(Environment event, int node) implements Move {
        @Override
        public Band band() {
            boolean isFault = event == Environment.COORDINATOR_CRASH
                    || event == Environment.COORDINATOR_TAKE_OVER
                    || event == Environment.PARTICIPANT_CRASH;
            return bandOf(isFault, false);
        }

        @Override
        public String action() {
            return event.action();
        }

        @Override
        public String toString() {
            return event.action() + "("
                    + (event == Environment.LOG_FLUSH
                            ? ""
                            : isAtCoordinator() ? "incarnation " + node : "branch " + node)
                    + ")";
        }

        private boolean isAtCoordinator() {
            return event.action().startsWith("Coordinator");
        }
    }

    private static Band bandOf(boolean isFault, boolean isTimeout) {
        return isFault ? Band.FAULT : isTimeout ? Band.TIMEOUT : Band.PROGRESS;
    }

    /** {@code ReceiveVote[branch=1, vote=YES]} becomes {@code CoordinatorReceiveVote(incarnation 1, branch 1, YES)}. */
    private static String described(String action, String node, Object step, List<Effect> effects, int carriedOut) {
        String text = step.toString();
        String arguments = plain(text.substring(text.indexOf('[') + 1, text.length() - 1));
        return action + "(" + node + (arguments.isEmpty() ? "" : ", " + arguments) + ")"
                + (effects.isEmpty() ? "" : " -> " + effects(effects, carriedOut));
    }

    private static String effects(List<Effect> effects, int carriedOut) {
        String done = effects.stream().limit(carriedOut).map(Move::effect).collect(Collectors.joining(", "));
        String lost = effects.stream().skip(carriedOut).map(Move::effect).collect(Collectors.joining(", "));
        return lost.isEmpty() ? done : done + "; crash before " + lost;
    }

    private static String effect(Effect effect) {
        return plain(effect.toString());
    }

    private static String plain(String text) {
        return text.replace("branch=", "branch ")
                .replaceAll("\\w+=", "")
                .replace("[]", "")
                .replace('[', '(')
                .replace(']', ')');
    }
}
