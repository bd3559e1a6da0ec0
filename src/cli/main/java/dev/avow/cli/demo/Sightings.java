package dev.avow.cli.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** All that was seen in this process, in its order. Safe for use by any number of threads. */
final class Sightings implements Consumer<Sighting> {
    /** Guarded by this. */
    private final List<Sighting> seen = new ArrayList<>();

    @Override
    public synchronized void accept(Sighting sighting) {
        seen.add(sighting);
    }

    /** Those of one transaction, and forgets them. */
    synchronized List<Sighting> take(String transaction) {
        List<Sighting> taken = seen.stream()
                .filter(sighting -> sighting.transaction().equals(transaction))
                .toList();
        seen.removeAll(taken);
        return taken;
    }

    /** The transactions that an action was seen in, each once. */
    synchronized List<String> transactionsWith(String action) {
        return seen.stream()
                .filter(sighting -> sighting.action().equals(action))
                .map(Sighting::transaction)
                .distinct()
                .toList();
    }
}
