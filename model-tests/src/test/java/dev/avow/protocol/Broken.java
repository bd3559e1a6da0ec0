package dev.avow.protocol;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A protocol with one flaw. Its guards count as it states them, without those of production. */
interface Broken extends Protocol {
    Flaw flaw();

    @Override
    default Transition<Coordinator> taken(Coordinator coordinator, CoordinatorStep step) {
        return step.takenIn(coordinator);
    }

    @Override
    default Transition<Participant> taken(Participant participant, ParticipantStep step) {
        return step.takenIn(participant);
    }

    /** Production's log refuses to read what only a flaw writes; here the flaw itself is to be found. */
    @Override
    default Optional<BranchSet> unfinished(Optional<BranchSet> commit, boolean isEnded) {
        return isEnded ? Optional.empty() : commit;
    }

    @Override
    default Participant recovered(int branch, List<DiskRecord> records) {
        return Participant.recovered(branch, records.isEmpty() ? DiskRecord.NOTHING : records.get(records.size() - 1));
    }

    /**
     * What a flaw leads to.
     *
     * @param config the smallest world that shows it
     * @param rule the rule that it breaks
     * @param mostSteps how many steps the shrunk history has at most, as measured
     * @param alsoFirst rules that it may break before that one or at the same time, in other histories
     */
    record Flaw(WorldConfig config, Rule rule, int mostSteps, Set<Rule> alsoFirst) {
        static Flaw of(String config, Rule rule, int mostSteps, Rule... alsoFirst) {
            return new Flaw(WorldConfig.parse(config), rule, mostSteps, Set.of(alsoFirst));
        }

        Set<Rule> everBrokenFirst() {
            Set<Rule> rules = EnumSet.of(rule);
            rules.addAll(alsoFirst);
            return rules;
        }
    }

    static <S> Transition<S> without(Class<? extends Effect> dropped, Transition<S> transition) {
        List<Effect> kept = transition.effects().stream()
                .filter(effect -> !dropped.isInstance(effect))
                .toList();
        return new Transition<>(transition.next(), kept);
    }

    static <S> Transition<S> withFirst(Stream<Effect> effects, Transition<S> transition) {
        return new Transition<>(
                transition.next(),
                Stream.concat(effects, transition.effects().stream()).toList());
    }
}
