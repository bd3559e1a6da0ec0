package dev.avow.engine.participant;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a transaction writes to a key-value store, and pieces of such a store's whole state: one entry for each key, after
 * a version.
 *
 * <pre>
 *   0         1
 *   +---------+-------+-----
 *   | version | entry | ...
 *   +---------+-------+-----
 *
 *   0      1            5
 *   +------+------------+-----------+--------------+-------------+
 *   | kind | key length | key UTF-8 | value length | value UTF-8 |    kind 1: put
 *   +------+------------+-----------+--------------+-------------+
 *   | kind | key length | key UTF-8 |                                 kind 2: remove
 *   +------+------------+-----------+
 * </pre>
 */
final class KeyValueWork {

    private static final byte VERSION = 1;
    private static final byte PUT = 1;
    private static final byte REMOVE = 2;
    private static final int HEADER_BYTES = 1;

    /** @param entries key to value; empty where the key is removed */
    static byte[] encode(Map<String, Optional<String>> entries) {
        int bytes = HEADER_BYTES;
        for (Map.Entry<String, Optional<String>> entry : entries.entrySet()) {
            bytes += entryBytes(entry.getKey(), entry.getValue());
        }
        ByteBuffer work = ByteBuffer.allocate(bytes).put(VERSION);
        entries.forEach((key, value) -> {
            work.put(value.isPresent() ? PUT : REMOVE);
            put(work, key);
            value.ifPresent(text -> put(work, text));
        });
        return work.array();
    }

    static int entryBytes(String key, Optional<String> value) {
        return 1 + textBytes(key) + value.map(KeyValueWork::textBytes).orElse(0);
    }

    private static int textBytes(String text) {
        return 4 + text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static void put(ByteBuffer work, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        work.putInt(utf8.length).put(utf8);
    }

    /** @throws IllegalArgumentException if it isn't exactly as drawn */
    static Map<String, Optional<String>> decode(byte[] bytes) {
        ByteBuffer work = ByteBuffer.wrap(bytes);
        Map<String, Optional<String>> entries = new LinkedHashMap<>();
        try {
            byte version = work.get();
            if (version != VERSION) {
                throw new IllegalArgumentException("work there is of version " + version
                        + " and this version of Avow's key-value store reads version " + VERSION);
            }
            while (work.hasRemaining()) {
                byte kind = work.get();
                String key = text(work);
                switch (kind) {
                    case PUT -> entries.put(key, Optional.of(text(work)));
                    case REMOVE -> entries.put(key, Optional.empty());
                    default -> throw new IllegalArgumentException("an entry there is of the unknown kind " + kind);
                }
            }
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("an entry there ends too early", e);
        }
        return entries;
    }

    private static String text(ByteBuffer work) {
        int length = work.getInt();
        if (length < 0 || length > work.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] utf8 = new byte[length];
        work.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private KeyValueWork() {}
}
