package dev.avow.cli;

import dev.avow.cli.terminal.Json;
import dev.avow.cli.terminal.Text;
import dev.avow.engine.LogFollower;
import dev.avow.engine.LogFollower.Entry;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** {@code avow log --follow}. */
final class Follow {
    private final Surroundings around;
    private final boolean json;

    Follow(Surroundings around, boolean json) {
        this.around = around;
        this.json = json;
    }

    /** Returns when nobody reads any more, or, if that is wanted, when nothing new comes. */
    int run(Path log, boolean untilIdle) {
        LogFollower follower = LogFollower.of(log);
        PrintWriter out = around.out();
        boolean goesOn = true;
        while (goesOn) {
            around.pause().run();
            List<Entry> entries = follower.poll();
            entries.forEach(entry -> out.println(json ? line(entry) : words(entry)));
            goesOn = !(entries.isEmpty() && untilIdle) && !out.checkError();
        }
        return 0;
    }

    private static String words(Entry entry) {
        return Text.oneLine(entry.name()) + "  " + entry.id() + "  " + Text.oneLine(entry.words());
    }

    private static String line(Entry entry) {
        return Json.line(Json.object()
                .put("id", entry.id().toString())
                .put("name", entry.name())
                .put("kind", entry.kind())
                .put("words", entry.words()));
    }
}
