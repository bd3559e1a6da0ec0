package dev.avow.cli.diagram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.cli.diagram.Lettering.Lines;
import java.util.List;
import org.junit.jupiter.api.Test;

class LetteringTest {

    @Test
    void a_text_that_fits_is_one_line() {
        assertEquals(new Lines(List.of("vote yes"), false), Lettering.wrap("  vote \n yes ", 13, 200, 3));
    }

    @Test
    void lines_break_after_words() {
        assertEquals(
                new Lines(List.of("no record", "means abort"), false),
                Lettering.wrap("no record means abort", 13, 90, 3));
    }

    @Test
    void lines_break_after_the_parts_of_a_name() {
        assertEquals(
                List.of("orders/2024-", "11-23"),
                Lettering.wrap("orders/2024-11-23", 13, 100, 3).lines());
    }

    @Test
    void a_word_wider_than_its_line_is_broken_inside() {
        Lines lines = Lettering.wrap("x".repeat(30), 13, 90, 9);

        assertEquals("x".repeat(30), String.join("", lines.lines()));
        assertTrue(lines.width(13) <= 90);
    }

    @Test
    void what_does_not_fit_is_left_out_with_an_ellipsis() {
        Lines lines = Lettering.wrap("one two three four five six seven", 13, 80, 2);

        assertTrue(lines.shortened());
        assertEquals(2, lines.count());
        assertTrue(lines.lines().get(1).endsWith("…"));
        assertTrue(lines.width(13) <= 80);
    }

    @Test
    void a_pair_of_surrogates_is_never_parted() {
        Lines lines = Lettering.wrap("🎉".repeat(20), 13, 60, 9);

        lines.lines().forEach(line -> assertFalse(Character.isLowSurrogate(line.charAt(0)), line));
    }

    @Test
    void no_room_still_ends() {
        assertEquals(List.of("a", "b…"), Lettering.wrap("abc", 13, 1, 2).lines());
        assertEquals(List.of(), Lettering.wrap("   ", 13, 1, 2).lines());
    }
}
