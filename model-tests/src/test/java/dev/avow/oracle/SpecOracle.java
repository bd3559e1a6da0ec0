package dev.avow.oracle;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * TLC as a judge: what a specification says of a state and of a step. States are plain maps from a variable's name to its
 * value: numbers, booleans and strings as themselves, a model value as its name, sets as {@link Set}, functions and records
 * as {@link Map}.
 *
 * <p>Constraints and fairness of the model don't count here: a step that a constraint would cut off is a step. One thread
 * at a time uses an oracle; each has TLC to itself.
 */
public interface SpecOracle extends AutoCloseable {
    /**
     * Loads a specification.
     *
     * @param module the root module's file; modules that it names are looked for beside it and one folder above
     * @param config the model's file
     * @throws IllegalArgumentException if TLC can't load it, with what TLC said
     */
    static SpecOracle of(Path module, Path config) {
        return OracleLoader.load(module, config);
    }

    /** Each action with its parameters bound, as {@code CoordinatorReceiveVote(i=1, p=p2, v=yes)}. */
    List<String> actions();

    List<Map<String, Object>> initialStates();

    /** Every step that the specification allows here: as often as TLC generates it. */
    List<SpecStep> stepsFrom(Map<String, Object> state);

    /** Whether the action, bound as in {@link #actions}, leads from one state to the other. */
    boolean isStep(String action, Map<String, Object> from, Map<String, Object> to);

    /** The model's invariants that don't hold here. */
    Set<String> violatedInvariants(Map<String, Object> state);

    /** The model's action properties that this step breaks: a refinement, above all. */
    Set<String> violatedProperties(Map<String, Object> from, Map<String, Object> to);

    /** The state as TLC prints it. */
    String text(Map<String, Object> state);

    @Override
    void close();
}
