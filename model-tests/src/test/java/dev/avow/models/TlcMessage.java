package dev.avow.models;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** One message of TLC in its {@code -tool} mode. The codes are those of {@code tlc2.output.EC}. */
record TlcMessage(int code, int severity, String text) {
    // Some messages contain others, so a message ends at the end mark of its own code.
    private static final Pattern MESSAGE =
            Pattern.compile("@!@!@STARTMSG (\\d+):(\\d) @!@!@\\R(.*?)@!@!@ENDMSG \\1 @!@!@", Pattern.DOTALL);
    private static final int WARNING = 3;

    static List<TlcMessage> parse(String output) {
        return MESSAGE.matcher(output).results().map(TlcMessage::of).toList();
    }

    private static TlcMessage of(MatchResult match) {
        return new TlcMessage(
                Integer.parseInt(match.group(1)),
                Integer.parseInt(match.group(2)),
                match.group(3).strip());
    }

    boolean isWarning() {
        return severity == WARNING;
    }
}
