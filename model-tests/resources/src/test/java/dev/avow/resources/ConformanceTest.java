package dev.avow.resources;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.avow.xa.kit.XaConformance;
import dev.avow.xa.kit.XaTarget;
import dev.avow.xa.kit.XaTraits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** What a resource manager must do, and what it may do. */
@ParameterizedClass
@MethodSource("dev.avow.resources.Subjects#all")
@ExtendWith(Subjects.class)
final class ConformanceTest extends XaConformance {
    private static final Path TABLE = Path.of("..", "..", "src", "xa", "README.md");

    private final Subject subject;

    ConformanceTest(Subject subject) {
        this.subject = subject;
    }

    @Override
    protected XaTarget target() {
        return new KitTarget(subject);
    }

    /** H2 gives every error of SQL as number 0. */
    @Override
    protected int codeOfUnknownBranch() {
        return subject.kind() == Kind.H2 ? 0 : super.codeOfUnknownBranch();
    }

    @Override
    protected boolean isBoundToItsConnection() {
        return subject.kind() == Kind.MARIADB;
    }

    /** The table that people read is what these drivers do: a new version that does otherwise is noticed. */
    @Override
    protected void measured(XaTraits traits) throws Exception {
        super.measured(traits);
        List<String> lines = Files.readAllLines(TABLE);
        List<String> header = XaTraits.header().lines().toList();
        assertTrue(Collections.indexOfSubList(lines, header) >= 0, () -> TABLE + " lacks the header " + header);
        List<String> rows = lines.subList(Collections.indexOfSubList(lines, header), lines.size()).stream()
                .filter(line -> line.startsWith("| " + traits.name() + " |"))
                .toList();
        assertEquals(List.of(traits.toString()), rows);
    }
}
