package dev.avow.benchmarks.text;

/** A page that needs nothing beside itself, readable on light and dark grounds. */
public final class Html {
    private static final String STYLE = """
            :root { color-scheme: light dark; --ink: #1d232a; --paper: #ffffff; --faint: #6b7480; --line: #d8dde3;
              --good: #146c2e; --bad: #b3261e; }
            @media (prefers-color-scheme: dark) {
              :root { --ink: #e3e7eb; --paper: #14181c; --faint: #98a2ad; --line: #39424b; --good: #6fce88; --bad: #ff8a80; }
            }
            body { font: 16px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper);
              max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
            h1 { font-size: 1.6rem; margin-bottom: 0; }
            h2 { font-size: 1.2rem; margin-top: 2.5rem; }
            .faint { color: var(--faint); }
            .scroll { overflow-x: auto; }
            table { border-collapse: collapse; font-variant-numeric: tabular-nums; font-size: 0.9rem; }
            th, td { padding: 0.2rem 0.8rem 0.2rem 0; text-align: left; border-bottom: 1px solid var(--line); }
            th.number, td.number { text-align: right; }
            td:last-child { white-space: nowrap; }
            .good { color: var(--good); } .bad { color: var(--bad); font-weight: 600; }
            svg { max-width: 100%; height: auto; }
            """;

    private Html() {}

    public static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** Well-formed as XML too, so that a test can read it. */
    public static String page(String title, String moreStyle, String body) {
        return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>"
                + "<meta name=\"viewport\" content=\"width=device-width\"/>\n<title>" + escaped(title)
                + "</title>\n<style>\n" + STYLE + moreStyle + "</style></head>\n<body>\n<h1>" + escaped(title)
                + "</h1>\n"
                + body + "</body></html>\n";
    }
}
