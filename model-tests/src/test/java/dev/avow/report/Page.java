package dev.avow.report;

import java.util.List;
import java.util.stream.Collectors;

/** A page of tables for people, in one file. */
final class Page {
    private final StringBuilder body = new StringBuilder();

    Page(String title, String intro) {
        body.append("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>")
                .append(escaped(title))
                .append(
                        "</title><style>body{font:16px/1.5 system-ui,sans-serif;max-width:70em;margin:2em auto;padding:0 1em}")
                .append(
                        "table{border-collapse:collapse}td,th{padding:.2em .8em;text-align:left;border-bottom:1px solid #ccc}")
                .append("td.n{text-align:right;font-variant-numeric:tabular-nums}</style><h1>")
                .append(escaped(title))
                .append("</h1><p>")
                .append(escaped(intro))
                .append("</p>\n");
    }

    Page table(String heading, String what, List<String> columns, List<List<String>> rows) {
        body.append("<h2>")
                .append(escaped(heading))
                .append("</h2><p>")
                .append(escaped(what))
                .append("</p><table><tr>");
        columns.forEach(column -> body.append("<th>").append(escaped(column)).append("</th>"));
        body.append("</tr>\n");
        for (List<String> row : rows) {
            body.append(row.stream().map(Page::cell).collect(Collectors.joining("", "<tr>", "</tr>\n")));
        }
        body.append("</table>\n");
        return this;
    }

    private static String cell(String text) {
        boolean isNumber = text.matches("[\\d,.]+");
        return (isNumber ? "<td class=\"n\">" : "<td>") + escaped(text) + "</td>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    String html() {
        return body + "</html>\n";
    }
}
