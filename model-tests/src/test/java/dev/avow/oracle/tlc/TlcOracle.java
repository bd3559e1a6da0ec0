package dev.avow.oracle.tlc;

import dev.avow.oracle.SpecOracle;
import dev.avow.oracle.SpecStep;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import tlc2.tool.Action;
import tlc2.tool.StateVec;
import tlc2.tool.TLCState;
import tlc2.tool.TLCStateMut;
import tlc2.tool.impl.FastTool;

/** The oracle over TLC's evaluator, as TLC's own {@code TLAPlusExecutor} drives it. */
public final class TlcOracle implements SpecOracle {
    private final AutoCloseable loader;
    private final FastTool tool;
    private final States states;
    private final Map<String, Action> actions = new LinkedHashMap<>();

    public TlcOracle(Path module, Path config, AutoCloseable loader) {
        this.loader = loader;
        this.tool = Tools.load(module, config);
        TLCStateMut.setTool(tool);
        this.states = States.of(tool);
        for (Action action : tool.getActions()) {
            Action twice = actions.put(Labels.of(action), action);
            if (twice != null) {
                throw new IllegalStateException("two actions are called " + Labels.of(action)
                        + ": quantify Next over constant sets only, one action for each binding");
            }
        }
    }

    @Override
    public List<String> actions() {
        return List.copyOf(actions.keySet());
    }

    @Override
    public List<Map<String, Object>> initialStates() {
        return decoded(tool.getInitStates());
    }

    @Override
    public List<SpecStep> stepsFrom(Map<String, Object> state) {
        TLCState from = states.encode(state);
        List<SpecStep> steps = new ArrayList<>();
        actions.forEach((label, action) -> {
            StateVec next = tool.getNextStates(action, from);
            for (int i = 0; i < next.size(); i++) {
                steps.add(new SpecStep(label, states.decode(next.elementAt(i))));
            }
        });
        return steps;
    }

    @Override
    public boolean isStep(String label, Map<String, Object> from, Map<String, Object> to) {
        Action action = actions.get(label);
        if (action == null) {
            throw new IllegalArgumentException(label + " is no action of this specification");
        }
        return decoded(tool.getNextStates(action, states.encode(from))).contains(to);
    }

    @Override
    public Set<String> violatedInvariants(Map<String, Object> state) {
        TLCState encoded = states.encode(state);
        return violated(tool.getInvNames(), i -> tool.isValid(tool.getInvariants()[i], encoded));
    }

    @Override
    public Set<String> violatedProperties(Map<String, Object> from, Map<String, Object> to) {
        TLCState before = states.encode(from);
        TLCState after = states.encode(to);
        return violated(tool.getImpliedActNames(), i -> tool.isValid(tool.getImpliedActions()[i], before, after));
    }

    private static Set<String> violated(String[] names, IntPredicate holds) {
        Set<String> violated = new LinkedHashSet<>();
        IntStream.range(0, names.length).filter(holds.negate()).forEach(i -> violated.add(names[i]));
        return violated;
    }

    private List<Map<String, Object>> decoded(StateVec vector) {
        return IntStream.range(0, vector.size())
                .mapToObj(i -> states.decode(vector.elementAt(i)))
                .toList();
    }

    @Override
    public String text(Map<String, Object> state) {
        return states.encode(state).toString();
    }

    @Override
    public void close() {
        try {
            unregisterBeans();
            loader.close();
        } catch (Exception failure) {
            throw new IllegalStateException("the oracle couldn't be closed", failure);
        }
    }

    /** TLC registers them by fixed names, and they would keep this class loader alive. */
    private static void unregisterBeans() throws JMException {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        for (ObjectName bean : beans.queryNames(new ObjectName("tlc2.tool*:*"), null)) {
            beans.unregisterMBean(bean);
        }
    }
}
