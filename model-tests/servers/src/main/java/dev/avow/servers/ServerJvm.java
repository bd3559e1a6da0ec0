package dev.avow.servers;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A server written in Java, in a process of its own, which ends with this one. */
abstract class ServerJvm implements Server {
    private final Class<?> main;
    private final Path folder;
    private final int port;
    private Process process;

    /**
     * Starts it.
     *
     * @param main takes two arguments, the port and the folder, and calls {@link ServerMain#serve} once it listens
     */
    ServerJvm(Class<?> main, Path folder) throws IOException {
        this.main = main;
        this.folder = Files.createDirectories(folder.toAbsolutePath());
        this.port = Ports.free();
        this.process = start();
    }

    private Process start() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))));
        command.addAll(List.of(main.getName(), Integer.toString(port), folder.toString()));
        Process started = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(output().toFile()))
                .start();
        awaitReady(started);
        return started;
    }

    private Path output() {
        return folder.resolve("output");
    }

    private void awaitReady(Process started) throws IOException {
        BufferedReader said = started.inputReader();
        String line = said.readLine();
        if (!ServerMain.READY.equals(line)) {
            started.destroyForcibly();
            throw new IllegalStateException(main.getName() + " doesn't start: it said " + line + ", and in " + output()
                    + ":\n" + Files.readString(output()));
        }
    }

    @Override
    public int port() {
        return port;
    }

    Path folder() {
        return folder;
    }

    @Override
    public void kill() {
        process.destroyForcibly();
        Kills.awaitEnd(process.toHandle());
    }

    @Override
    public void restart() throws IOException {
        process = start();
    }

    @Override
    public void close() {
        kill();
    }
}
