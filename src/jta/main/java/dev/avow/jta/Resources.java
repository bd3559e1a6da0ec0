package dev.avow.jta;

import dev.avow.engine.Participant;
import dev.avow.xa.XaParticipant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.XADataSource;
import javax.transaction.xa.XAResource;

/**
 * The resource managers that were registered, each with a few participants: one transaction may work on several of its
 * resources at once, and each of those is a branch of its own.
 */
final class Resources implements AutoCloseable {
    /** As many of one manager's resources may take part in one transaction beside its {@link EnlistedDataSource}. */
    static final int FURTHER = 8;

    static final String UNREGISTERED = "unregistered";

    /** One resource manager. */
    record Manager(String name, XaParticipant first, List<XaParticipant> further, Optional<XADataSource> source) {}

    private final Map<String, Manager> managers = new LinkedHashMap<>();
    private final AtomicBoolean unregisteredMet = new AtomicBoolean();

    Resources() {
        add(UNREGISTERED, XaParticipant.of(UNREGISTERED, new Unreachable()), Optional.empty());
    }

    void add(String name, XaParticipant first, Optional<XADataSource> source) {
        if (managers.containsKey(name)) {
            throw new IllegalArgumentException(
                    "there is a resource manager called \"" + name + "\" already: give each a name of its own");
        }
        List<XaParticipant> further = new ArrayList<>();
        for (int number = 2; number <= FURTHER + 1; number++) {
            further.add(first.further(number));
        }
        managers.put(name, new Manager(name, first, List.copyOf(further), source));
    }

    List<Participant> participants() {
        List<Participant> all = new ArrayList<>();
        managers.values().forEach(manager -> {
            all.add(manager.first());
            all.addAll(manager.further());
        });
        return all;
    }

    /** The first participant of each that the application registered. */
    List<XaParticipant> registered() {
        return managers.values().stream()
                .filter(manager -> !manager.name().equals(UNREGISTERED))
                .map(Manager::first)
                .toList();
    }

    Manager require(String name) {
        return Optional.ofNullable(managers.get(name))
                .orElseThrow(() -> new IllegalArgumentException(
                        "no resource manager called \"" + name + "\" was registered; there is " + managers.keySet()));
    }

    Manager database(String name) {
        Manager manager = require(name);
        if (manager.source().isEmpty()) {
            throw new IllegalArgumentException("\"" + name + "\" was registered without an XADataSource");
        }
        return manager;
    }

    /** To whom this resource belongs. */
    Manager of(XAResource resource) {
        return resource instanceof NamedResource named ? named.manager() : require(UNREGISTERED);
    }

    /** Whether nobody has asked that before: one warning is enough. */
    boolean isFirstUnregistered() {
        return unregisteredMet.compareAndSet(false, true);
    }

    @Override
    public void close() {
        managers.values().forEach(manager -> manager.first().close());
    }
}
