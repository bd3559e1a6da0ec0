package dev.avow.models;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SpecVocabularyTest {
    private static final SpecVocabulary VOCABULARY =
            SpecVocabulary.read(Path.of("src", "test", "resources", "models", "Vocabulary.tla"));

    @Test
    void actions_are_the_disjuncts_of_next_in_order_and_each_once() {
        assertEquals(List.of("Receive", "Send", "Crash", "Flush"), List.copyOf(VOCABULARY.actions()));
    }

    @Test
    void another_relation_than_next_can_be_asked() {
        assertEquals(List.of("Receive", "Send"), List.copyOf(VOCABULARY.actions("Coordinator")));
    }

    @Test
    void an_action_over_an_empty_set_is_an_action_all_the_same() {
        SpecVocabulary lamp = SpecVocabulary.read(Path.of("src", "test", "resources", "models", "Lamp.tla"));
        assertEquals(List.of("SwitchOn", "SwitchOff", "Break", "Dust"), List.copyOf(lamp.actions()));
    }

    @Test
    void a_module_in_a_folder_below_has_the_actions_of_the_one_it_extends() {
        SpecVocabulary flicker =
                SpecVocabulary.read(Path.of("src", "test", "resources", "models", "broken", "Flicker.tla"));
        assertTrue(
                flicker.actions().contains("SwitchOn"), () -> flicker.actions().toString());
    }

    @Test
    void a_module_without_next_has_no_actions() {
        assertEquals(Set.of(), SpecVocabulary.ofText("Init == x = 1\n").actions());
    }

    @Test
    void literal_sets_are_found_by_name() {
        assertEquals(
                Map.of("Vote", Set.of("yes", "readOnly", "no"), "DoorStates", Set.of("open", "shut")),
                VOCABULARY.literalSets());
    }

    @Test
    void literals_of_any_definition_come_in_order_without_those_in_comments() {
        assertEquals(List.of("open", "shut"), List.copyOf(VOCABULARY.literals("DoorStates")));
        assertEquals(Set.of("prepare"), VOCABULARY.literals("Prepare"));
        assertEquals(Set.of("yes"), VOCABULARY.literals("Receive"));
    }

    @Test
    void an_unknown_definition_is_refused_with_the_known_ones() {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> VOCABULARY.literals("Ghost"));
        assertTrue(refusal.toString().contains("DoorStates"), refusal::toString);
    }
}
