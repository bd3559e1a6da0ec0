package dev.avow.cli.demo;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.avow.cli.terminal.Complaint;
import dev.avow.engine.Avow;
import dev.avow.protocol.Vote;
import dev.avow.simulator.Settings;
import dev.avow.xa.XaParticipant;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.h2.jdbcx.JdbcDataSource;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/**
 * What a child process needs to run the same command: where each of its parts was loaded from. The property
 * {@code java.class.path} won't do: inside Maven it names Maven.
 */
final class ClassPath {
    private ClassPath() {}

    static String ofTheCommand() {
        return Stream.of(
                        ClassPath.class,
                        XaParticipant.class,
                        Avow.class,
                        Vote.class,
                        Settings.class,
                        JdbcDataSource.class,
                        CommandLine.class,
                        ObjectMapper.class,
                        JsonFactory.class,
                        JsonInclude.class,
                        LoggerFactory.class,
                        LoggerFactory.getILoggerFactory().getClass())
                .map(ClassPath::origin)
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static String origin(Class<?> part) {
        Optional<CodeSource> source =
                Optional.ofNullable(part.getProtectionDomain().getCodeSource());
        try {
            return Path.of(source.orElseThrow(() -> untraceable(part))
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException | IllegalArgumentException unusual) {
            throw untraceable(part);
        }
    }

    private static Complaint untraceable(Class<?> part) {
        return Complaint.failed("a process to be killed can't be started: nobody knows where " + part.getName()
                + " was loaded from; run the demo from avow.jar");
    }
}
