package dev.avow.benchmarks.services;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A participant's process, as its coordinator has it. */
final class Service implements AutoCloseable {
    private final String name;
    private final Process process;
    private final BufferedReader output;
    private final ManagedChannel channel;

    Service(String name) throws IOException {
        this.name = name;
        process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home", ""), "bin", "java")
                                .toString(),
                        "-cp",
                        System.getProperty("java.class.path", ""),
                        ServiceMain.class.getName(),
                        name))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        output = process.inputReader(StandardCharsets.UTF_8);
        channel = Grpc.newChannelBuilder("localhost:" + line(), InsecureChannelCredentials.create())
                .build();
    }

    private String line() throws IOException {
        String line = output.readLine();
        if (line == null) {
            throw new IOException("the process of \"" + name + "\" has ended: see what it wrote to the standard error");
        }
        return line;
    }

    String name() {
        return name;
    }

    ManagedChannel channel() {
        return channel;
    }

    /** Ends the process; returns what it has done. */
    String end() throws IOException {
        channel.shutdownNow();
        process.getOutputStream().close();
        return line();
    }

    @Override
    public void close() {
        channel.shutdownNow();
        process.destroyForcibly();
    }
}
