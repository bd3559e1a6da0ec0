package dev.avow.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class RuleTableTest {
    private static final Path ROOT =
            Path.of(System.getProperty("avow.root", "..")).toAbsolutePath().normalize();

    private final RuleTable table = new RuleTable(ROOT);

    @Test
    void every_rule_is_linked_to_its_lines() throws IOException {
        if (Boolean.getBoolean("models.update")) {
            table.update();
        }
        assertEquals(
                table.expected(),
                table.written(),
                "spec/README.md lags behind: run mvn test -pl model-tests -am -Dtest=RuleTableTest"
                        + " -Dsurefire.failIfNoSpecifiedTests=false -Dmodels.update=true");
    }

    @Test
    void every_rule_has_a_broken_model() {
        for (String rule : RuleTable.RULES) {
            Path broken = ROOT.resolve("spec/broken").resolve(rule + "Broken.tla");
            assertTrue(Files.exists(broken), () -> "the rule " + rule + " has no broken model " + broken);
        }
    }
}
