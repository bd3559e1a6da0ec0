package dev.avow.protocol;

import dev.avow.oracle.SpecOracle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A specification with constants to compare with, and the world that has the same. */
record Instance(Path config, WorldConfig world, boolean symmetric) {
    private static final Path SPEC = SpecNames.ROOT.resolve("spec");
    private static final Path MODULE = SPEC.resolve("TwoPhaseCommit.tla");

    /** One of the models that the build checks. */
    static Instance listed(String model, String world, boolean symmetric) {
        return new Instance(SPEC.resolve(model + ".cfg"), WorldConfig.parse(world), symmetric);
    }

    /** One of the broken models. */
    static Instance broken(String model) {
        Path config = SPEC.resolve("broken").resolve(model + ".cfg");
        return new Instance(config, WorldConfig.ofCfg(SpecNames.read(config.toString())), false);
    }

    /** Any other, its model written into this folder. */
    static Instance made(Path folder, WorldConfig world, boolean symmetric) {
        try {
            Path config = folder.resolve("TwoPhaseCommit_" + world + ".cfg");
            Files.writeString(config, world.toCfg());
            return new Instance(config, world, symmetric);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    SpecOracle oracle() {
        String name = String.valueOf(config.getFileName()).replaceFirst("(_\\w+)?\\.cfg$", ".tla");
        Path beside = config.resolveSibling(name);
        return SpecOracle.of(Files.exists(beside) ? beside : MODULE, config);
    }

    Bisimulation.Result compare(Protocol protocol) {
        try (SpecOracle oracle = oracle()) {
            return new Bisimulation(oracle, protocol, world, symmetric).run();
        }
    }
}
