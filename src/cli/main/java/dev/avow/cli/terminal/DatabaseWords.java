package dev.avow.cli.terminal;

import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What went wrong at a database or on the disk below it, without what only its makers understand. */
final class DatabaseWords {
    private static final List<String> NO_SPACE = List.of(
            "no space left", "not enough space", "quota exceeded", "disk full", "disk is full", "no disk space");
    /** Where H2's message has no value to put in. */
    private static final String PLACEHOLDER = "{0}";

    private DatabaseWords() {}

    /** In one line, without the statement and H2's numbers and class names. */
    static String of(SQLException failure) {
        String said = cleaned(failure);
        if (!said.contains(PLACEHOLDER)) {
            return said;
        }
        String instead = causes(failure)
                .skip(1)
                .map(DatabaseWords::cleaned)
                .filter(text -> !text.isEmpty() && !text.contains(PLACEHOLDER))
                .findFirst()
                .orElse("it doesn't say more");
        return said.replace("\"" + PLACEHOLDER + "\"", PLACEHOLDER).replace(PLACEHOLDER, instead);
    }

    private static String cleaned(Throwable failure) {
        String first = Text.firstLine(Optional.ofNullable(failure.getMessage())
                .orElse(failure.getClass().getSimpleName()));
        return first.replaceAll("; SQL statement:.*", "")
                .replaceAll(" \\[[\\d.]+[-/]\\d+]", "")
                .replaceAll("\\b([a-z0-9]+\\.)+[A-Z]\\w*: ", "")
                .strip();
    }

    /** Whether there is no space on the disk, at whatever depth that was said. */
    static boolean sayNoSpace(Throwable failure) {
        return causes(failure)
                .map(cause -> String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT))
                .anyMatch(message -> NO_SPACE.stream().anyMatch(message::contains));
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(
                        Optional.of(failure),
                        Optional::isPresent,
                        cause -> cause.flatMap(here -> Optional.ofNullable(here.getCause())))
                .flatMap(Optional::stream)
                .limit(50);
    }
}
