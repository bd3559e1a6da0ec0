package dev.avow.cli.demo.services;

import dev.avow.cli.demo.DemoFolder;
import java.nio.file.Path;
import java.util.List;

/** The demo's own processes: subcommands of the command, on files of one folder. */
public final class DemoPrograms implements Programs {
    private static final String MAIN = "dev.avow.cli.Main";

    private final Path folder;

    public DemoPrograms(DemoFolder folder) {
        this.folder = folder.path().toAbsolutePath();
    }

    @Override
    public List<String> shop(int port, String orders, String payments) {
        return List.of(
                MAIN, "demo-shop", "--dir=" + folder, "--port=" + port, "--orders=" + orders, "--payments=" + payments);
    }

    @Override
    public List<String> service(Part part, int port, String shop) {
        return List.of(
                MAIN, "demo-service", "--dir=" + folder, "--part=" + part.name(), "--port=" + port, "--shop=" + shop);
    }
}
