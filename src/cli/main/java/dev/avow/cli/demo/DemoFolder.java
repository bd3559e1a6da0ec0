package dev.avow.cli.demo;

import dev.avow.cli.terminal.Complaint;
import dev.avow.cli.terminal.Complaints;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where a demo lives: two database files and the coordinator's log.
 *
 * @param path as the user wrote it
 */
public record DemoFolder(Path path) {
    private static final String DEFAULT_NAME = "avow-demo";

    /** This folder, created if it isn't there. */
    public static DemoFolder at(Path path) {
        if (path.toString().isBlank()) {
            throw Complaint.wrongInput("the folder's name is blank: name one with --dir");
        }
        if (path.toString().contains(";")) {
            throw Complaint.wrongInput("the folder " + path + " has a semicolon in its name, which H2 can't open");
        }
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw Complaint.wrongInput(path + " is a file: name a folder");
        }
        try {
            Files.createDirectories(path);
        } catch (IOException failure) {
            throw Complaint.wrongInput(
                    "the folder " + path + " can't be created: " + Complaints.reason(failure), failure);
        }
        if (!Files.isWritable(path)) {
            throw Complaint.wrongInput("the folder " + path + " can't be written to: access is denied");
        }
        DemoFolder folder = new DemoFolder(path);
        folder.requireDemoOrEmpty();
        return folder;
    }

    /** This folder, created if it isn't there, and with nothing in it. */
    public static DemoFolder empty(Path path) {
        DemoFolder folder = at(path);
        if (!folder.isEmpty()) {
            throw Complaint.wrongInput("the folder " + path + " isn't empty: name a new one with --dir");
        }
        return folder;
    }

    /** Neither what belongs to someone else is mixed with a demo, nor is a log begun that can't know what is prepared. */
    private void requireDemoOrEmpty() {
        boolean database =
                Files.exists(orders().mvFile()) || Files.exists(payments().mvFile());
        if (database && !Files.exists(log())) {
            throw Complaint.failed(path + " holds "
                    + (Files.exists(orders().mvFile()) ? orders() : payments())
                            .mvFile()
                            .getFileName()
                    + " and no log: without it nobody can decide what that has prepared, so none is begun."
                    + " Put the log back; or, if it isn't a demo's database, name another folder with --dir");
        }
        if (!database && !Files.exists(log()) && !isEmpty()) {
            throw Complaint.wrongInput(
                    "the folder " + path + " isn't empty and holds no demo: name another with --dir");
        }
    }

    private boolean isEmpty() {
        try (Stream<Path> entries = Files.list(path)) {
            return entries.findAny().isEmpty();
        } catch (IOException failure) {
            throw Complaint.wrongInput("the folder " + path + " can't be read: " + Complaints.reason(failure), failure);
        }
    }

    /** A new folder in this one: avow-demo, else avow-demo-2, and so on. */
    public static DemoFolder fresh(Path parent) {
        return fresh(parent, DEFAULT_NAME);
    }

    /** The same under this name. */
    public static DemoFolder fresh(Path parent, String name) {
        for (int number = 1; ; number++) {
            Path path = parent.resolve(number == 1 ? name : name + "-" + number);
            try {
                Files.createDirectory(path);
                return at(path);
            } catch (FileAlreadyExistsException taken) {
                // The next number, then.
            } catch (IOException failure) {
                throw Complaint.wrongInput(
                        "the folder " + path + " can't be created: " + Complaints.reason(failure)
                                + "; name another with --dir",
                        failure);
            }
        }
    }

    public Database orders() {
        return new Database(path.resolve("orders"));
    }

    public Database payments() {
        return new Database(path.resolve("payments"));
    }

    /** Where a service that works for other processes' transactions keeps whom it works for. */
    public Path book(String participant) {
        return path.resolve(participant + "-coordinators");
    }

    public Path log() {
        return path.resolve("log");
    }
}
