package dev.avow.cli.demo;

import dev.avow.cli.terminal.Complaint;
import java.io.File;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What a child process needs to run the same command. */
public final class ClassPath {
    private ClassPath() {}

    /** Inside Maven, whose own class path the usual property names, the command has a class loader to itself. */
    public static String ofTheCommand() {
        return ClassPath.class.getClassLoader() instanceof URLClassLoader own
                ? Arrays.stream(own.getURLs()).map(ClassPath::path).collect(Collectors.joining(File.pathSeparator))
                : System.getProperty("java.class.path");
    }

    private static String path(URL url) {
        try {
            return Path.of(url.toURI()).toString();
        } catch (URISyntaxException | IllegalArgumentException unusual) {
            throw Complaint.failed(
                    "a process to be killed can't be started: its classes are at " + url
                            + ", which is no file; run the demo from avow.jar",
                    unusual);
        }
    }
}
