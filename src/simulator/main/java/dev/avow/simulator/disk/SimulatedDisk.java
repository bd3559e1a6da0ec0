package dev.avow.simulator.disk;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/** One machine's disk, with one directory. Processes reach it through a {@link Mount}. */
public final class SimulatedDisk {
    private final SortedMap<String, StoredFile> names = new TreeMap<>();
    private final SortedMap<String, StoredFile> durableNames = new TreeMap<>();
    private Optional<Mount> lockedBy = Optional.empty();
    private boolean full;

    /** While it is full no file can be made or grow. */
    public void setFull(boolean isFull) {
        full = isFull;
    }

    public boolean isFull() {
        return full;
    }

    /** What wasn't forced survives as chance has it: each sector, each growth, each name. Whether that tore anything. */
    public boolean losePower(RandomGenerator random) {
        boolean torn = false;
        for (String name : allNames()) {
            Optional<StoredFile> kept = find(random.nextBoolean() ? names : durableNames, name);
            names.remove(name);
            if (kept.isPresent()) {
                torn |= kept.get().losePower(random);
                names.put(name, kept.get());
            }
        }
        forceNames();
        return torn;
    }

    private Set<String> allNames() {
        TreeSet<String> all = new TreeSet<>(names.keySet());
        all.addAll(durableNames.keySet());
        return all;
    }

    /** Flips bits in a sector of one of its files; to be called when all is durable. False if there is nothing there. */
    public boolean damage(RandomGenerator random) {
        List<StoredFile> files = new ArrayList<>(names.values());
        return !files.isEmpty() && files.get(random.nextInt(files.size())).damage(random);
    }

    /** A copy of all that it holds. */
    public SimulatedDisk backup() {
        SimulatedDisk copy = new SimulatedDisk();
        names.forEach((name, file) -> copy.names.put(name, file.copy()));
        copy.forceNames();
        return copy;
    }

    /** Holds from now on what this backup holds. */
    public void restore(SimulatedDisk backup) {
        names.clear();
        backup.names.forEach((name, file) -> names.put(name, file.copy()));
        forceNames();
    }

    boolean lock(Mount mount) {
        if (lockedBy.filter(Mount::isAlive).isPresent()) {
            return false;
        }
        lockedBy = Optional.of(mount);
        return true;
    }

    void unlock(Mount mount) {
        lockedBy = lockedBy.filter(holder -> holder != mount);
    }

    List<String> list() {
        return List.copyOf(names.keySet());
    }

    Optional<StoredFile> find(String name) {
        return find(names, name);
    }

    private static Optional<StoredFile> find(SortedMap<String, StoredFile> names, String name) {
        return Optional.ofNullable(names.get(name));
    }

    StoredFile create(String name) {
        StoredFile file = new StoredFile();
        names.put(name, file);
        return file;
    }

    void delete(String name) {
        names.remove(name);
    }

    void forceNames() {
        durableNames.clear();
        durableNames.putAll(names);
    }

    /** Whether a crash would leave this file as it is. */
    boolean isDurable(String name, StoredFile file) {
        return file.isForced() && find(durableNames, name).filter(file::equals).isPresent();
    }
}
