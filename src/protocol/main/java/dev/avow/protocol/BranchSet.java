package dev.avow.protocol;

import java.util.Arrays;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;

/**
 * An immutable set of branch numbers. Adding one copies a bit for each branch, 16 words at 1,000 branches: a transaction's
 * cost stays linear in its branches for all practical sizes. The sets of most transactions, of a few branches, exist once.
 */
public final class BranchSet {
    private static final int FEW = 4;
    private static final BranchSet EMPTY = new BranchSet(new long[0]);
    /** Every set of the branches below FEW, at the number whose bits it has. */
    private static final BranchSet[] OF_FEW = ofFew();

    /** Never changed after construction; no trailing zero word, so that equal sets have equal words. */
    private final long[] words;

    private BranchSet(long[] words) {
        this.words = words;
    }

    private static BranchSet[] ofFew() {
        BranchSet[] sets = new BranchSet[1 << FEW];
        Arrays.setAll(sets, bits -> bits == 0 ? EMPTY : new BranchSet(new long[] {bits}));
        return sets;
    }

    public static BranchSet empty() {
        return EMPTY;
    }

    public static BranchSet of(int... branches) {
        BranchSet set = EMPTY;
        for (int branch : branches) {
            set = set.with(branch);
        }
        return set;
    }

    /** The branches 0 to count − 1. */
    public static BranchSet first(int count) {
        long[] words = new long[(count + Long.SIZE - 1) / Long.SIZE];
        Arrays.fill(words, -1L);
        if (count % Long.SIZE != 0) {
            words[words.length - 1] >>>= -count;
        }
        return new BranchSet(words);
    }

    public boolean contains(int branch) {
        int word = branch / Long.SIZE;
        return word < words.length && (words[word] & 1L << branch) != 0;
    }

    public BranchSet with(int branch) {
        if (contains(branch)) {
            return this;
        }
        long bits = isEmpty() ? 0 : words[0];
        if (branch < FEW && words.length < 2 && bits >>> FEW == 0) {
            return OF_FEW[(int) bits | 1 << branch];
        }
        int word = branch / Long.SIZE;
        long[] more = Arrays.copyOf(words, Math.max(words.length, word + 1));
        more[word] |= 1L << branch;
        return new BranchSet(more);
    }

    public boolean containsAll(BranchSet others) {
        if (others.words.length > words.length) {
            return false;
        }
        for (int word = 0; word < others.words.length; word++) {
            if ((others.words[word] & ~words[word]) != 0) {
                return false;
            }
        }
        return true;
    }

    public int size() {
        int size = 0;
        for (long word : words) {
            size += Long.bitCount(word);
        }
        return size;
    }

    public boolean isEmpty() {
        return words.length == 0;
    }

    /** The branches in ascending order. */
    public IntStream stream() {
        return IntStream.range(0, words.length * Long.SIZE).filter(this::contains);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BranchSet set && Arrays.equals(words, set.words);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(words);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("{");
        PrimitiveIterator.OfInt branches = stream().iterator();
        while (branches.hasNext()) {
            text.append(branches.nextInt()).append(branches.hasNext() ? ", " : "");
        }
        return text.append('}').toString();
    }
}
