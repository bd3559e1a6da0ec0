package dev.avow.oracle.tlc;

import java.util.ArrayList;
import java.util.List;
import tla2sany.semantic.FormalParamNode;
import tlc2.tool.Action;

/** How an action with its parameters is called. */
final class Labels {
    private Labels() {}

    static String of(Action action) {
        List<String> bound = new ArrayList<>();
        for (FormalParamNode parameter : action.getOpDef().getParams()) {
            Object value = action.con.lookup(parameter);
            bound.add(parameter.getName() + "=" + Values.decode((tlc2.value.impl.Value) value));
        }
        // A definition that a model puts in another's place goes by that one's name.
        String name = action.getName().toString().replaceFirst("^Broken", "");
        return name + (bound.isEmpty() ? "" : "(" + String.join(", ", bound) + ")");
    }
}
