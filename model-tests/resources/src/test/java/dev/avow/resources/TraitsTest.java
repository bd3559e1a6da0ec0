package dev.avow.resources;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.avow.xa.kit.XaTraits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table that people read is what these drivers do: a new version that does otherwise is noticed. */
@ExtendWith(Subjects.class)
final class TraitsTest {
    private static final Path TABLE = Path.of("..", "..", "src", "xa", "README.md");

    @ParameterizedTest
    @MethodSource("dev.avow.resources.Subjects#all")
    void the_row_of_the_table_is_what_was_measured(Subject subject) throws Exception {
        List<String> lines = Files.readAllLines(TABLE);
        XaTraits measured = XaTraits.of(new KitTarget(subject));
        List<String> rows =
                lines
                        .subList(
                                lines.indexOf(
                                        XaTraits.header().lines().findFirst().orElseThrow()),
                                lines.size())
                        .stream()
                        .filter(line -> line.startsWith("| " + measured.name() + " |"))
                        .toList();
        assertEquals(List.of(measured.toString()), rows);
    }
}
