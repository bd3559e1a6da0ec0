package dev.avow.oracle.tlc;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tlc2.value.impl.BoolValue;
import tlc2.value.impl.FcnRcdValue;
import tlc2.value.impl.IntValue;
import tlc2.value.impl.ModelValue;
import tlc2.value.impl.RecordValue;
import tlc2.value.impl.SetEnumValue;
import tlc2.value.impl.StringValue;
import tlc2.value.impl.Value;
import util.UniqueString;

/** Between TLC's values and plain Java's. */
final class Values {
    /** By name. Only these: {@code ModelValue.make} would invent any other. */
    private final Map<String, Value> modelValues = new HashMap<>();
    /** What was encoded before, for the values come back again and again; TLC doesn't change a normalised one. */
    private final Map<Object, Value> encoded = new HashMap<>();

    Values() {
        for (ModelValue value : ModelValue.mvs) {
            modelValues.put(value.val.toString(), value);
        }
    }

    static Object decode(Value value) {
        if (value instanceof IntValue number) {
            return number.val;
        }
        if (value instanceof BoolValue truth) {
            return truth.val;
        }
        if (value instanceof StringValue text) {
            return text.val.toString();
        }
        if (value instanceof ModelValue name) {
            return name.val.toString();
        }
        if (value instanceof RecordValue record) {
            Map<Object, Object> map = new HashMap<>();
            for (int i = 0; i < record.names.length; i++) {
                map.put(record.names[i].toString(), decode(record.values[i]));
            }
            return map;
        }
        if (value.toSetEnum() instanceof SetEnumValue set) {
            Set<Object> elements = new HashSet<>();
            for (int i = 0; i < set.elems.size(); i++) {
                elements.add(decode(set.elems.elementAt(i)));
            }
            return elements;
        }
        if (value.toFcnRcd() instanceof FcnRcdValue function) {
            Map<Object, Object> map = new HashMap<>();
            Value[] domain = function.getDomainAsValues();
            for (int i = 0; i < domain.length; i++) {
                map.put(decode(domain[i]), decode(function.values[i]));
            }
            return map;
        }
        throw new IllegalArgumentException("no plain form of " + value);
    }

    Value encode(Object value) {
        Value known = encoded.get(value);
        if (known == null) {
            known = encodeNew(value).normalize();
            // Its lazily computed parts, too, before it is shared.
            known.deepNormalize();
            encoded.put(value, known);
        }
        return known;
    }

    private Value encodeNew(Object value) {
        if (value instanceof Integer number) {
            return IntValue.gen(number);
        }
        if (value instanceof Boolean truth) {
            return new BoolValue(truth);
        }
        if (value instanceof String text) {
            Value model = modelValues.get(text);
            return model == null ? new StringValue(text) : model;
        }
        if (value instanceof Set<?> set) {
            return new SetEnumValue(set.stream().map(this::encode).toArray(Value[]::new), false);
        }
        if (value instanceof Map<?, ?> map) {
            boolean isRecord =
                    map.keySet().stream().allMatch(key -> key instanceof String text && !modelValues.containsKey(text));
            return isRecord ? encodeRecord(map) : encodeFunction(map);
        }
        throw new IllegalArgumentException("no TLA+ value for " + value + " of " + value.getClass());
    }

    private Value encodeRecord(Map<?, ?> map) {
        UniqueString[] names = new UniqueString[map.size()];
        Value[] values = new Value[map.size()];
        int at = 0;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            names[at] = UniqueString.uniqueStringOf(String.valueOf(entry.getKey()));
            values[at] = encode(entry.getValue());
            at++;
        }
        return new RecordValue(names, values, false);
    }

    private Value encodeFunction(Map<?, ?> map) {
        Value[] domain = new Value[map.size()];
        Value[] values = new Value[map.size()];
        int at = 0;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            domain[at] = encode(entry.getKey());
            values[at] = encode(entry.getValue());
            at++;
        }
        return new FcnRcdValue(domain, values, false);
    }
}
