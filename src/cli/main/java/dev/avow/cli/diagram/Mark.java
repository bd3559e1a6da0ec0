package dev.avow.cli.diagram;

/** The kinds of mark that a reader may need explained; their order is the legend's. */
enum Mark {
    DELIVERED("delivered", "message, arrives at once"),
    REPEATED("repeated", "arrives more than once"),
    DELAYED("delayed", "sent, arrives later"),
    UNDER_WAY("underway", "still on its way at the end"),
    LOST("lost", "lost"),
    ACTION("action", "local action"),
    FORCED("forced", "durable write"),
    UNFORCED("unforced", "write that a crash may undo"),
    STATE("state", "state reached"),
    CRASH("crash", "crash: the line breaks off"),
    RESTART("restart", "restart"),
    VIOLATION("violation", "a rule is broken");

    private final String cssClass;
    private final String meaning;

    Mark(String cssClass, String meaning) {
        this.cssClass = cssClass;
        this.meaning = meaning;
    }

    String cssClass() {
        return cssClass;
    }

    String meaning() {
        return meaning;
    }
}
