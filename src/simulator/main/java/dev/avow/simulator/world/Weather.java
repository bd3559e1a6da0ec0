package dev.avow.simulator.world;

import dev.avow.simulator.Knob;
import dev.avow.simulator.Settings;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What a seed makes of the settings: each kind of fault is sometimes missing and sometimes rare. A world in which all
 * happens at once hides what needs a quiet minute (Groce et al., "Swarm Testing", 2012).
 */
final class Weather {
    private static final List<Knob> FAULTS = List.of(
            Knob.CRASHES,
            Knob.LOSSES,
            Knob.REPEATS,
            Knob.PARTITIONS,
            Knob.DISK_FAULTS,
            Knob.DAMAGE,
            Knob.TAKEOVERS,
            Knob.ALONE,
            Knob.READ_ONLY,
            Knob.REFUSALS);

    private Weather() {}

    static Settings over(Settings settings, SplittableRandom random) {
        Settings drawn = settings;
        for (Knob knob : FAULTS) {
            int most = settings.get(knob);
            drawn = switch (random.nextInt(5)) {
                case 0 -> drawn.with(knob, 0);
                case 1 -> drawn.with(knob, most / 4);
                default -> drawn;
            };
        }
        return drawn;
    }
}
