package dev.avow.xa.kit;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a resource manager does where it may choose, as it was measured; in words, since drivers find more answers than
 * anyone has thought of. Immutable. {@link #toString} is a row of a Markdown table.
 *
 * @param name whose it is
 * @param join {@code TMJOIN} to a branch that another connection has ended
 * @param joinActive {@code TMJOIN} to a branch on which another connection is at work
 * @param resume {@code TMSUSPEND} and {@code TMRESUME} on one connection
 * @param timeout {@code setTransactionTimeout(1)}: whether it is taken, and the branch rolled back
 * @param unknown the codes for commit, rollback and forget of a branch that there never was
 * @param sameRm {@code isSameRM} for the same connection, another one, and another database
 * @param vote the votes of a branch that only read, and of one that did nothing
 * @param closed what becomes of a prepared branch when its connection is closed
 * @param killed what becomes of a prepared branch when the resource manager is killed
 */
public record XaTraits(
        String name,
        String join,
        String joinActive,
        String resume,
        String timeout,
        String unknown,
        String sameRm,
        String vote,
        String closed,
        String killed) {

    /**
     * Measures it. It takes some seconds, since some drivers wait for what never comes.
     *
     * @throws Exception whatever the driver throws where it mustn't
     */
    public static XaTraits of(XaTarget target) throws Exception {
        Joining joining = new Joining(target);
        Choices choices = new Choices(target);
        return new XaTraits(
                target.name(),
                joining.whenEnded(),
                joining.whenActive(),
                joining.resume(),
                choices.timeout(),
                choices.unknown(),
                choices.sameRm(),
                choices.vote(),
                choices.closed(),
                choices.killed());
    }

    /** The two lines above the rows. */
    public static String header() {
        List<String> names = Arrays.stream(XaTraits.class.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        return row(names) + "\n|" + "---|".repeat(names.size());
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    @Override
    public String toString() {
        List<String> cells = new ArrayList<>(
                List.of(name, join, joinActive, resume, timeout, unknown, sameRm, vote, closed, killed));
        return row(cells);
    }
}
