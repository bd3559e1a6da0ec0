package dev.avow.xa.kit;

import java.nio.file.Path;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.io.TempDir;

final class YourDriverTest extends XaConformance {
    @TempDir
    private static Path folder;

    @Override
    protected XaTarget target() throws Exception {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:file:" + folder.resolve("kit") + ";WRITE_DELAY=0");
        return new JdbcTarget("H2", source).prepared();
    }

    /** Your driver may answer with XAER_NOTA, as it should: then leave this out. */
    @Override
    protected int codeOfUnknownBranch() {
        return 0;
    }
}
