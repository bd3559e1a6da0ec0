package dev.avow.survival;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/** Numbers the points as they come, and halts the process at one of them: no exit hook, no close, as a kill would. */
final class HaltingPoints implements Points {
    /** What the shell says of a process that was killed by SIGKILL. */
    static final int HALTED = 137;

    private final String haltAt;
    private final Path told;
    private final Map<String, Integer> times = new HashMap<>();
    private String phase = "opening";
    private int number;

    /**
     * @param haltAt a point's number or its name; {@link Errand#TO_THE_END} for none
     * @param told gets the number and the name of the last point
     */
    HaltingPoints(String haltAt, Path told) {
        this.haltAt = haltAt;
        this.told = told;
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
        number++;
        String passed = phase + ": " + place;
        int time = times.merge(passed, 1, Integer::sum);
        String name = time == 1 ? passed : passed + " #" + time;
        if (haltAt.equals(Integer.toString(number)) || haltAt.equals(name)) {
            half.run();
            tell("halted", name);
            Runtime.getRuntime().halt(HALTED);
        }
    }

    synchronized void end() throws IOException {
        tell("finished", phase);
    }

    private void tell(String how, String where) throws IOException {
        Files.writeString(
                told, how + " " + number + " " + where + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
