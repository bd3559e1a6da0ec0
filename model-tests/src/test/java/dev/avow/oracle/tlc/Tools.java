package dev.avow.oracle.tlc;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tlc2.tool.impl.FastTool;
import tlc2.util.FP64;
import util.SimpleFilenameToStream;
import util.ToolIO;

/** Makes TLC's evaluator of a specification. */
final class Tools {
    /** TLC would unpack them into the machine's temporary folder, under names that every TLC there shares. */
    private static final List<String> STANDARD_MODULES =
            List.of("Naturals", "Integers", "Sequences", "FiniteSets", "TLC");

    private Tools() {}

    static FastTool load(Path module, Path config) {
        Path folder = module.toAbsolutePath().normalize().resolveSibling("");
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        ToolIO.reset();
        ToolIO.setUserDir(folder + File.separator);
        ToolIO.out = new PrintStream(said, true, StandardCharsets.UTF_8);
        ToolIO.err = ToolIO.out;
        FP64.Init(0);
        Path standard = unpacked();
        try {
            String[] library = {
                standard.toString(),
                folder.toString(),
                folder.resolveSibling(".").toString()
            };
            String relative =
                    folder.relativize(config.toAbsolutePath().normalize()).toString();
            return new FastTool("", name(module), name(Path.of(relative)), new SimpleFilenameToStream(library));
        } catch (RuntimeException failure) {
            throw new IllegalArgumentException(failure + "\n" + said.toString(StandardCharsets.UTF_8), failure);
        } finally {
            delete(standard);
        }
    }

    /** As TLC wants it, without its ending. */
    private static String name(Path file) {
        String fileName = String.valueOf(file.getFileName()).replaceFirst("\\.(tla|cfg)$", "");
        return Optional.ofNullable(file.getParent())
                .filter(parent -> !parent.isAbsolute())
                .map(parent -> parent.resolve(fileName).toString())
                .orElse(fileName);
    }

    private static Path unpacked() {
        try {
            Path folder = Files.createTempDirectory("avow-oracle");
            for (String module : STANDARD_MODULES) {
                String file = module + ".tla";
                try (InputStream text = FastTool.class.getResourceAsStream("/tla2sany/StandardModules/" + file)) {
                    Files.copy(Objects.requireNonNull(text, file), folder.resolve(file));
                }
            }
            return folder;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void delete(Path folder) {
        try {
            for (String module : STANDARD_MODULES) {
                Files.deleteIfExists(folder.resolve(module + ".tla"));
            }
            Files.delete(folder);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
