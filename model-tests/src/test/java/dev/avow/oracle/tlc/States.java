package dev.avow.oracle.tlc;

import java.util.HashMap;
import java.util.Map;
import tla2sany.semantic.OpDeclNode;
import tlc2.tool.TLCState;
import tlc2.tool.impl.FastTool;
import tlc2.value.impl.Value;
import util.UniqueString;

/** Between TLC's states and maps from a variable's name to its plain value. */
final class States {
    private final Values values = new Values();
    private final OpDeclNode[] variables;

    private States(OpDeclNode[] variables) {
        this.variables = variables;
    }

    static States of(FastTool tool) {
        return new States(tool.getSpecProcessor().getVariablesNodes());
    }

    Map<String, Object> decode(TLCState state) {
        Map<String, Object> plain = new HashMap<>();
        for (OpDeclNode variable : variables) {
            UniqueString name = variable.getName();
            plain.put(name.toString(), Values.decode((Value) state.lookup(name)));
        }
        return plain;
    }

    TLCState encode(Map<String, Object> plain) {
        if (plain.size() != variables.length) {
            throw new IllegalArgumentException("a state of this specification has " + variables.length
                    + " variables, not these: " + plain.keySet());
        }
        TLCState state = TLCState.Empty.createEmpty();
        for (OpDeclNode variable : variables) {
            String name = variable.getName().toString();
            Object value = plain.get(name);
            if (value == null) {
                throw new IllegalArgumentException("the state doesn't say what " + name + " is: " + plain.keySet());
            }
            state = state.bind(variable.getName(), values.encode(value));
        }
        return state;
    }
}
