package dev.avow.engine;

import java.nio.charset.StandardCharsets;

/** What a name must be so that the log gives back exactly the name that it was given. */
final class LoggedNames {

    private static final int MAX_BYTES = 65_535;

    static void require(String what, String name) {
        if (name == null) {
            throw new IllegalArgumentException("the " + what + " is null: give it a name");
        }
        if (name.isBlank()) {
            throw new IllegalArgumentException("the " + what + " is blank: give it a name");
        }
        if (isShortAscii(name)) {
            return;
        }
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("the " + what + " \"" + name.substring(0, 40) + "...\" has "
                    + bytes.length + " bytes of UTF-8: use at most " + MAX_BYTES);
        }
        // An unpaired surrogate would come back as a question mark, and two names as one.
        if (!new String(bytes, StandardCharsets.UTF_8).equals(name)) {
            throw new IllegalArgumentException(
                    "the " + what + " \"" + name + "\" isn't valid Unicode: it holds half" + " of a surrogate pair");
        }
    }

    /** As nearly all are; two are checked for each participant of each commit. */
    private static boolean isShortAscii(String name) {
        if (name.length() > MAX_BYTES) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private LoggedNames() {}
}
