package dev.avow.cli.demo;

import java.io.IOException;
import java.io.InputStream;

/** Halts a child process as soon as its parent has ended: nobody must find the folder in use by a process that it can't see. */
public final class ParentWatch {
    /** The exit code of a process whose parent has died. */
    public static final int ORPHANED = 87;

    private ParentWatch() {}

    /**
     * Watches from now on.
     *
     * @param parent what the parent says: it ends with the parent
     */
    public static void haltWithParent(InputStream parent) {
        Thread watch = new Thread(() -> {
            try {
                while (parent.read() >= 0) {
                    // Whatever it says, it lives.
                }
            } catch (IOException gone) {
                // As good as its end.
            }
            Runtime.getRuntime().halt(ORPHANED);
        });
        watch.setName("avow-parent-watch");
        watch.setDaemon(true);
        watch.start();
    }
}
