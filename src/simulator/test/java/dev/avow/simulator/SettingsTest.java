package dev.avow.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void their_text_parses_back() {
        Settings settings = Settings.usual().with(Knob.PARTICIPANTS, 7).with(Knob.DISK_FAULTS, 0);
        assertEquals(settings, Settings.parse(settings.toString()));
    }

    @Test
    void what_is_not_named_stands_as_usual() {
        assertEquals(Settings.usual().with(Knob.LOSSES, 33), Settings.parse("losses=33"));
        assertEquals(Settings.usual(), Settings.parse(""));
    }

    @Test
    void an_unknown_name_is_refused_with_the_known_ones() {
        String message = refusal("loses=3");
        assertEquals(
                "there is no setting \"loses\": use participants, coordinators, transactions, crashes, losses, repeats,"
                        + " partitions, disk-faults, damage, takeovers, alone, peers, read-only, refusals, clock-jumps",
                message);
    }

    @Test
    void what_is_no_number_or_out_of_range_is_refused() {
        assertEquals("the setting losses is \"many\": write it like losses=3", refusal("losses=many"));
        assertEquals("participants is 17: use 1 to 16", refusal("participants=17"));
    }

    private static String refusal(String text) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> Settings.parse(text))
                .getMessage());
    }
}
