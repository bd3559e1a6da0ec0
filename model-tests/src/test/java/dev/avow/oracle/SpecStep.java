package dev.avow.oracle;

import java.util.Map;

/**
 * One step of a specification.
 *
 * @param action the action with its parameters, as {@link SpecOracle#actions} has it
 * @param to the state that it leads to
 */
public record SpecStep(String action, Map<String, Object> to) {}
