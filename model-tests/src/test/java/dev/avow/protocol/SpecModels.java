package dev.avow.protocol;

import dev.avow.oracle.SpecOracle;
import java.nio.file.Path;

/** Oracles of TwoPhaseCommit for who isn't in this package. */
public final class SpecModels {
    private SpecModels() {}

    /**
     * An oracle with these constants.
     *
     * @param folder where its model may be written
     * @param constants as in the names of worlds: 2p1ctra is 2 participants, 1 crash, takeovers, readOnly,
     *     deciding alone
     */
    public static SpecOracle oracle(Path folder, String constants) {
        return Instance.made(folder, WorldConfig.parse(constants), false).oracle();
    }
}
