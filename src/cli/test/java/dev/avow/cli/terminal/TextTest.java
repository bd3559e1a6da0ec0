package dev.avow.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.avow.cli.terminal.Table.Side;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextTest {
    @Test
    void numbers_and_lists_read_as_a_person_writes_them() {
        assertEquals("1 order", Text.count(1, "order"));
        assertEquals("1,200 orders", Text.count(1_200, "order"));
        assertEquals("1,234,567.50", Text.money(new BigDecimal("1234567.5")));
        assertEquals("", Text.and(List.of()));
        assertEquals("a", Text.and(List.of("a")));
        assertEquals("a, b and c", Text.and(List.of("a", "b", "c")));
    }

    @Test
    void a_name_cannot_break_its_line() {
        assertEquals("a b [31m", Text.oneLine("a\nb\u001B[31m"));
        assertEquals("first", Text.firstLine("first\nsecond"));
        assertEquals(
                "  a b  x",
                new Table(Side.LEFT, Side.LEFT).row("a\nb", "x").lines().get(0));
    }

    @Test
    void a_row_of_another_width_is_refused() {
        assertThrows(IllegalArgumentException.class, () -> new Table(Side.LEFT).row("a", "b"));
    }
}
