package dev.avow.cli.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Results for programs: every field is always there, null where there is nothing. */
public final class Json {
    private static final ObjectMapper LINE = new ObjectMapper();
    private static final ObjectMapper PAGE = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private Json() {}

    public static ObjectNode object() {
        return LINE.createObjectNode();
    }

    /** In one line. */
    public static String line(ObjectNode object) {
        return written(LINE, object);
    }

    /** In as many lines as make it readable. */
    public static String page(ObjectNode object) {
        return written(PAGE, object);
    }

    private static String written(ObjectMapper mapper, ObjectNode object) {
        try {
            return mapper.writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of plain values couldn't be written", e);
        }
    }
}
