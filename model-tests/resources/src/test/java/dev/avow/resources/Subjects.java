package dev.avow.resources;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The resource managers, each started when the first test asks for it and ended with the last test of this process.
 * {@code -Davow.resources=DERBY,H2} leaves the others out.
 */
final class Subjects implements BeforeAllCallback {
    private static final Path FOLDER = Path.of("target", "resources");
    private static final Map<Kind, Subject> STARTED = new EnumMap<>(Kind.class);
    private static final Deque<AutoCloseable> OPEN = new ArrayDeque<>();

    @Override
    public void beforeAll(ExtensionContext context) {
        context.getRoot()
                .getStore(ExtensionContext.Namespace.create(Subjects.class))
                .computeIfAbsent(Subjects.class, key -> (AutoCloseable) Subjects::closeAll);
    }

    /** MariaDB is among them in a thorough build. */
    static Stream<Subject> all() {
        return kinds().map(Subjects::of);
    }

    private static Stream<Kind> kinds() {
        String asked = System.getProperty("avow.resources", "");
        return asked.isEmpty()
                ? Arrays.stream(Kind.values())
                        .filter(kind -> kind != Kind.MARIADB || Boolean.getBoolean("avow.thorough"))
                : Arrays.stream(asked.split(",")).map(Kind::valueOf);
    }

    static synchronized Subject of(Kind kind) {
        return STARTED.computeIfAbsent(kind, missing -> {
            try {
                return Subject.start(missing, fresh(missing.name()));
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            } catch (SQLException failure) {
                throw new IllegalStateException(missing + " doesn't start", failure);
            }
        });
    }

    /** A new folder of this run. */
    static Path fresh(String name) throws IOException {
        Files.createDirectories(FOLDER);
        return Files.createTempDirectory(FOLDER, name + "-").toAbsolutePath();
    }

    static synchronized void closeAtEnd(AutoCloseable one) {
        OPEN.push(one);
    }

    private static synchronized void closeAll() throws Exception {
        while (!OPEN.isEmpty()) {
            OPEN.pop().close();
        }
        STARTED.clear();
    }
}
