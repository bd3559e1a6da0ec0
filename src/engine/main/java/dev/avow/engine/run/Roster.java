package dev.avow.engine.run;

import dev.avow.engine.CommitRecord;
import dev.avow.engine.Participant;
import dev.avow.engine.TransactionId;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Those that a coordinator was opened with, by name. Immutable. */
final class Roster {
    private final Map<String, Participant> byName;
    /** The same, without a name to be asked for and compared at each enlistment. */
    private final Set<Participant> known = Collections.newSetFromMap(new IdentityHashMap<>());

    private Roster(Map<String, Participant> byName) {
        this.byName = byName;
        known.addAll(byName.values());
    }

    static Roster of(List<? extends Participant> participants) {
        Map<String, Participant> byName = new LinkedHashMap<>();
        for (Participant participant : participants) {
            // Here rather than at the first decision: a commit record must be able to name it.
            var unused = new CommitRecord(TransactionId.of(0, 0, 0), "opening", List.of(participant.name()));
            if (byName.put(participant.name(), participant) != null) {
                throw new IllegalArgumentException("two participants are called \"" + participant.name()
                        + "\": give each its own name, and keep it");
            }
        }
        return new Roster(byName);
    }

    Collection<Participant> all() {
        return byName.values();
    }

    Optional<Participant> named(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    void requireKnown(Participant participant, String transaction) {
        if (!known.contains(participant)) {
            throw new IllegalArgumentException("participant \"" + participant.name() + "\" can't be enlisted in "
                    + transaction + ": open the coordinator with it, or it couldn't be recovered");
        }
    }
}
