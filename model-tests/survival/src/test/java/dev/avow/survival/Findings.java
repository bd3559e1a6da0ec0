package dev.avow.survival;

import java.util.ArrayList;
import java.util.List;

/**
 * What is not as it should be after a recovery.
 *
 * @param acknowledged how many commits callers were told of
 * @param lost those of them that aren't there
 * @param wrong halves, doubles, and what was there in spite of an abort
 * @param inDoubt what nobody has decided or told
 */
record Findings(int acknowledged, List<String> lost, List<String> wrong, List<String> inDoubt) {
    Findings {
        lost = List.copyOf(lost);
        wrong = List.copyOf(wrong);
        inDoubt = List.copyOf(inDoubt);
    }

    List<String> all() {
        List<String> all = new ArrayList<>();
        lost.forEach(one -> all.add("lost: " + one));
        wrong.forEach(one -> all.add("wrong: " + one));
        inDoubt.forEach(one -> all.add("in doubt: " + one));
        return all;
    }
}
