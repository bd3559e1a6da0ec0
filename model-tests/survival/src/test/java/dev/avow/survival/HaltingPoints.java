package dev.avow.survival;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Numbers the points as they come, and halts the process at one of them: no exit hook, no close, as a kill would. */
final class HaltingPoints implements Points {
    /** What the shell says of a process that was killed by SIGKILL. */
    static final int HALTED = 137;

    private final String haltAt;
    private final Path told;
    private final Path listed;
    private final Map<String, Integer> times = new HashMap<>();
    private final List<String> passed = new ArrayList<>();
    private String phase = "opening";

    /**
     * @param haltAt a point's number or its name; {@link Errand#TO_THE_END} for none
     * @param place is told the number and the name of the last point, and all of them if nothing was halted
     */
    HaltingPoints(String haltAt, Place place) {
        this.haltAt = haltAt;
        this.told = place.told();
        this.listed = place.points();
    }

    @Override
    public synchronized void during(String newPhase) {
        phase = newPhase;
    }

    @Override
    public void pass(String place) throws IOException {
        passAmid(place, () -> {});
    }

    /** Under the lock to the very end: nobody else passes a point any more. */
    @Override
    public synchronized void passAmid(String place, Deed half) throws IOException {
        String plain = phase + ": " + place;
        int time = times.merge(plain, 1, Integer::sum);
        String name = time == 1 ? plain : plain + " #" + time;
        passed.add(name);
        if (haltAt.equals(Integer.toString(passed.size())) || haltAt.equals(name)) {
            half.run();
            tell("halted", name);
            Runtime.getRuntime().halt(HALTED);
        }
    }

    synchronized void end() throws IOException {
        Files.write(listed, passed);
        tell("finished", phase);
    }

    private void tell(String how, String where) throws IOException {
        Files.writeString(
                told,
                how + " " + passed.size() + " " + where + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
