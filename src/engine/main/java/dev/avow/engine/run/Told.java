package dev.avow.engine.run;

import dev.avow.engine.BranchOutcome;
import java.util.List;

/**
 * How a decision stands with its participants, at one moment.
 *
 * @param isAnswered whether each branch has answered at least once, be it with a failure
 * @param isFollowed whether each branch has done as told, or has settled it alone and forgotten that
 * @param isContradicted whether a participant has settled its part otherwise than decided
 * @param branches how each part stands
 */
record Told(boolean isAnswered, boolean isFollowed, boolean isContradicted, List<BranchOutcome> branches) {}
