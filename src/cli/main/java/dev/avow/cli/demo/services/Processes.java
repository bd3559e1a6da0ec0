package dev.avow.cli.demo.services;

import dev.avow.cli.demo.ClassPath;
import dev.avow.cli.terminal.Complaint;
import dev.avow.cli.terminal.Complaints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The shop's process and those of its two services, each at a port of its own that it keeps. For one thread at a time. */
public final class Processes implements AutoCloseable {
    private final Map<Victim, Child> children = new EnumMap<>(Victim.class);
    private final Path output;
    /** With this process end its children: one that is paused wouldn't see that it should. */
    private final Thread ending = new Thread(this::doom, "avow-demo-ending");

    /**
     * Not started yet.
     *
     * @param folder where the folder with what they say on standard error is made
     * @param classPath where their classes are
     */
    public Processes(Path folder, Programs programs, String classPath, Desk desk) {
        output = folder.resolve("output");
        try {
            Files.createDirectories(output);
        } catch (IOException failure) {
            throw Complaint.failed(
                    "the folder " + output + " can't be created: " + Complaints.reason(failure), failure);
        }
        Map<Victim, Integer> ports = FreePorts.pick();
        for (Part part : Part.values()) {
            Victim victim = Victim.of(part);
            List<String> program = programs.service(part, port(ports, victim), address(ports, Victim.SHOP));
            put(victim, command(classPath, program), line -> {}, desk);
        }
        List<String> program =
                programs.shop(port(ports, Victim.SHOP), address(ports, Victim.ORDERS), address(ports, Victim.PAYMENTS));
        put(Victim.SHOP, command(classPath, program), desk::hear, desk);
        Runtime.getRuntime().addShutdownHook(ending);
    }

    private void doom() {
        children.values().forEach(Child::doom);
    }

    private static int port(Map<Victim, Integer> ports, Victim victim) {
        return Optional.ofNullable(ports.get(victim)).orElseThrow();
    }

    private static String address(Map<Victim, Integer> ports, Victim victim) {
        return Links.address(port(ports, victim));
    }

    /** With this process's own class path. */
    public Processes(Path folder, Programs programs, Desk desk) {
        this(folder, programs, ClassPath.ofTheCommand(), desk);
    }

    private void put(Victim victim, List<String> command, Consumer<String> ear, Desk desk) {
        Path errors = output.resolve(victim.toString().replace(' ', '-') + ".log");
        children.put(victim, new Child(victim.toString(), command, errors, ear, desk::fail));
    }

    private static List<String> command(String classPath, List<String> program) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // It lives for seconds: quick to start is all that counts.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "-Dfile.encoding=UTF-8",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=info",
                "-cp",
                classPath));
        command.addAll(program);
        return command;
    }

    /** Where what they say lies. */
    public Path output() {
        return output;
    }

    Child get(Victim victim) {
        return Optional.ofNullable(children.get(victim)).orElseThrow();
    }

    /** Starts those that aren't running, side by side, and waits until all are ready. */
    void start() throws InterruptedException {
        List<Child> dead =
                children.values().stream().filter(child -> !child.isRunning()).toList();
        dead.forEach(Child::start);
        for (Child child : dead) {
            child.awaitReady();
        }
    }

    /** Kills all that run, and waits until they are dead. */
    void kill() throws InterruptedException {
        for (Child child : children.values()) {
            if (child.isRunning()) {
                child.kill();
            }
        }
    }

    @Override
    public void close() {
        try {
            kill();
        } catch (InterruptedException interrupted) {
            doom();
            Thread.currentThread().interrupt();
        } finally {
            letGo();
        }
    }

    private void letGo() {
        try {
            boolean unused = Runtime.getRuntime().removeShutdownHook(ending);
        } catch (IllegalStateException alreadyEnding) {
            // It does the same.
        }
    }
}
