package dev.avow.cli.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Results for programs: every field is always there, null where there is nothing. */
public final class Json {
    /** Of ASCII alone, which is UTF-8 too, whatever the terminal's encoding is. */
    private static final ObjectMapper LINE =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private static final ObjectMapper PAGE = LINE.copy().enable(SerializationFeature.INDENT_OUTPUT);

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
