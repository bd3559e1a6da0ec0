package dev.avow.protocol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BranchSetTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 62, 63, 64, 65, 127, 128, 1000})
    void the_first_branches_are_those_below_the_count(int count) {
        BranchSet first = BranchSet.first(count);
        assertEquals(count, first.size());
        assertEquals(count == 0, first.isEmpty());
        assertArrayEquals(IntStream.range(0, count).toArray(), first.stream().toArray());
        assertFalse(first.contains(count));
        assertTrue(count == 0 || first.contains(count - 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 64, 65, 1000})
    void sets_are_equal_by_their_members_however_they_were_made(int count) {
        BranchSet downwards = BranchSet.empty();
        for (int branch = count - 1; branch >= 0; branch--) {
            downwards = downwards.with(branch);
        }
        assertEquals(BranchSet.first(count), downwards);
        assertEquals(BranchSet.first(count).hashCode(), downwards.hashCode());
        assertNotEquals(BranchSet.first(count + 1), downwards);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 63, 64, 1000})
    void adding_a_branch_leaves_the_old_set_as_it_was(int branch) {
        BranchSet none = BranchSet.empty();
        BranchSet one = none.with(branch);
        assertTrue(one.contains(branch));
        assertEquals(1, one.size());
        assertFalse(none.contains(branch));
        assertTrue(none.isEmpty());
        assertSame(one, one.with(branch));
    }

    @Test
    void a_set_contains_all_of_a_smaller_one_and_not_of_a_larger_one() {
        BranchSet larger = BranchSet.of(0, 63, 64, 1000);
        BranchSet smaller = BranchSet.of(0, 64);
        assertTrue(larger.containsAll(smaller));
        assertTrue(larger.containsAll(larger));
        assertTrue(smaller.containsAll(BranchSet.empty()));
        assertFalse(smaller.containsAll(larger));
        assertFalse(BranchSet.empty().containsAll(BranchSet.of(0)));
        assertFalse(BranchSet.of(0, 1, 2).containsAll(BranchSet.of(3)));
        assertFalse(larger.containsAll(BranchSet.of(1)));
    }

    @Test
    void sets_of_a_few_branches_exist_once_and_a_higher_branch_makes_another() {
        assertSame(BranchSet.of(0, 3), BranchSet.of(3, 0));
        assertSame(BranchSet.of(2), BranchSet.empty().with(2));
        for (int higher : new int[] {4, 5, 63, 64, 200}) {
            BranchSet set = BranchSet.of(higher);
            assertEquals("{0, 3, " + higher + "}", set.with(3).with(0).toString());
            assertEquals(set.with(3), BranchSet.of(3).with(higher));
        }
    }

    @Test
    void a_set_is_written_in_ascending_order() {
        assertEquals("{}", BranchSet.empty().toString());
        assertEquals("{5}", BranchSet.of(5).toString());
        assertEquals("{0, 63, 64, 1000}", BranchSet.of(1000, 64, 0, 63).toString());
    }

    @Test
    void a_set_equals_no_other_kind_of_object() {
        assertNotEquals(BranchSet.empty(), new Object());
        assertNotEquals(BranchSet.of(1), BranchSet.of(2));
    }
}
