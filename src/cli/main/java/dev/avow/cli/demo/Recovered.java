package dev.avow.cli.demo;

import dev.avow.cli.terminal.Text;
import dev.avow.engine.CommitRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * What was unfinished when the coordinator was opened, and isn't any more.
 *
 * @param incarnation which opening of the log this is, from 1
 * @param committed decided earlier, told now
 * @param aborted ids of transactions that were in doubt and without a record
 */
public record Recovered(int incarnation, List<CommitRecord> committed, List<String> aborted) {
    public Recovered {
        committed = List.copyOf(committed);
        aborted = List.copyOf(aborted);
    }

    /** One line for each transaction. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        committed.forEach(record -> lines.add(Text.oneLine(record.name()) + " was decided and is now told to "
                + Text.and(record.participants()) + ": committed"));
        aborted.forEach(
                id -> lines.add("transaction " + id + " was prepared, and nothing says that it is to commit: aborted"));
        return lines;
    }
}
