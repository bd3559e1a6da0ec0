package dev.avow.engine.log;

import java.nio.charset.StandardCharsets;

/** Whose log it is: stands in every file, so that one kind is never opened as another. */
public enum LogKind {
    DECISIONS("AVWD", "a coordinator's decision log"),
    PARTICIPANT("AVWP", "a participant's log");

    private final int magic;
    private final String description;

    LogKind(String magic, String description) {
        byte[] ascii = magic.getBytes(StandardCharsets.US_ASCII);
        this.magic = ascii[0] << 24 | ascii[1] << 16 | ascii[2] << 8 | ascii[3];
        this.description = description;
    }

    int magic() {
        return magic;
    }

    static boolean known(int magic) {
        for (LogKind kind : values()) {
            if (kind.magic == magic) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return description;
    }
}
