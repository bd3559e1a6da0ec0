package dev.avow.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class SightingTest {
    @Test
    void a_line_holds_all_of_it() {
        Sighting sighting = new Sighting("3f-1-2", "CoordinatorReceiveVote", "orders", "YES", "PREPARING");
        assertEquals(Optional.of(sighting), Sighting.parse(sighting.toLine()));
        Sighting sparse = new Sighting("3f-1-2", "ApplicationCommit", "", "", "");
        assertEquals(Optional.of(sparse), Sighting.parse(sparse.toLine()));
    }

    @Test
    void what_would_break_the_line_becomes_a_space() {
        Sighting sighting = new Sighting("1", "A", "p", "two\nlines\tand more", "");
        assertEquals(
                Optional.of(new Sighting("1", "A", "p", "two lines and more", "")), Sighting.parse(sighting.toLine()));
    }

    @Test
    void another_line_is_none() {
        assertEquals(Optional.empty(), Sighting.parse("Picked up JAVA_TOOL_OPTIONS: -Dx=y"));
        assertEquals(Optional.empty(), Sighting.parse("a\tb\tc\td\te\tf"));
    }
}
