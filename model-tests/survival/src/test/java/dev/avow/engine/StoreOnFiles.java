package dev.avow.engine;

import dev.avow.engine.log.LogFiles;
import java.nio.file.Path;

/** Reaches the key-value store's seam from beside it: an application has no business with it. */
public final class StoreOnFiles {
    public static KeyValueStore open(Path directory, String name, LogOptions options, LogFiles files) {
        return KeyValueStore.open(directory, name, options, files);
    }

    private StoreOnFiles() {}
}
