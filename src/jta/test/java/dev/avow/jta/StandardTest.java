package dev.avow.jta;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** The tests that STANDARD.md names are there. */
final class StandardTest {
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");

    @Test
    void every_test_that_the_table_names_exists() throws IOException {
        List<String> missing = new ArrayList<>();
        int named = 0;
        Matcher matcher = TEST.matcher(Files.readString(Path.of("STANDARD.md")));
        while (matcher.find()) {
            named++;
            if (!isTest(matcher.group(1), matcher.group(2))) {
                missing.add(matcher.group());
            }
        }
        assertEquals(List.of(), missing);
        assertTrue(named > 30, "only " + named + " found");
    }

    private static boolean isTest(String type, String method) {
        try {
            return Stream.of(Class.forName(StandardTest.class.getPackageName() + "." + type)
                            .getDeclaredMethods())
                    .anyMatch(each -> each.getName().equals(method)
                            && (each.isAnnotationPresent(Test.class)
                                    || each.isAnnotationPresent(ParameterizedTest.class)));
        } catch (ClassNotFoundException nowhere) {
            return false;
        }
    }
}
