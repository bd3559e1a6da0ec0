package dev.avow.cli.diagram;

import dev.avow.cli.diagram.Layout.Part;
import dev.avow.cli.diagram.Step.Verdict;
import dev.avow.cli.diagram.Step.Violation;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Draws a {@link DiagramPage} as one HTML document. */
public final class HtmlDiagram {

    private static final String PAGE_CSS = """
            html{color-scheme:light dark}
            body{margin:0 auto;padding:24px;max-width:1240px;line-height:1.5;
            font-family:"Segoe UI",Roboto,"Helvetica Neue",Arial,"DejaVu Sans",sans-serif;font-size:16px}
            h1{font-size:26px;line-height:1.25;margin:0 0 12px}
            h2{font-size:20px;line-height:1.3;margin:48px 0 8px}
            p{max-width:46em;margin:0 0 12px}
            nav ol{padding-left:1.6em}
            nav .good,nav .bad{font-weight:600;margin-left:.4em}
            .key{display:flex;flex-wrap:wrap;gap:4px 22px;list-style:none;margin:16px 0 0;padding:0;font-size:13px}
            .key li{display:flex;align-items:center;gap:7px}
            .key svg{flex:none}
            .lanes{position:sticky;top:0;z-index:1}
            .avow{display:block;max-width:100%;height:auto}
            .part .lanes-again{display:none}
            details{margin-top:8px;font-size:14px}
            summary{cursor:pointer}
            details ul{list-style:none;padding-left:0}
            footer{margin-top:48px;font-size:13px}
            @media print{
            *{print-color-adjust:exact;-webkit-print-color-adjust:exact}
            body{padding:0;max-width:none}
            .lanes,details,nav{display:none}
            .part{break-inside:avoid}
            .avow{min-width:0!important}
            .part .lanes-again{display:block}
            h2{break-after:avoid;margin-top:24px}
            }
            """;

    private static final Pattern BLANK_LINES = Pattern.compile("\\R\\s*\\R");

    private HtmlDiagram() {}

    /**
     * The page as a self-contained HTML document, well-formed XML too: pictures and style are inside, it runs no script
     * and loads nothing. The lanes' names stay in view while a run is scrolled, are repeated in print, and every run can
     * also be read as text. The same page gives the same text.
     */
    public static String render(DiagramPage page) {
        Set<Mark> marks = EnumSet.noneOf(Mark.class);
        StringBuilder runs = new StringBuilder();
        for (int index = 0; index < page.diagrams().size(); index++) {
            Diagram diagram = page.diagrams().get(index);
            Layout layout = new Layout(diagram, false);
            marks.addAll(layout.marks());
            runs.append(section(diagram, layout, index + 1, page));
        }
        return """
                <!DOCTYPE html>
                <html lang="en" xmlns="http://www.w3.org/1999/xhtml">
                <head>
                <meta charset="UTF-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <title>%s</title>
                <style>
                %s</style>
                </head>
                <body>
                <header>
                <h1>%s</h1>
                %s%s%s</header>
                <main>
                %s</main>
                </body>
                </html>
                """.formatted(
                        Pen.escape(page.title()),
                        Theme.diagramCss() + PAGE_CSS + Theme.pageCss(),
                        Pen.escape(page.title()),
                        intro(page),
                        contents(page),
                        key(marks),
                        runs);
    }

    private static String intro(DiagramPage page) {
        StringBuilder html = new StringBuilder();
        BLANK_LINES
                .splitAsStream(page.intro().strip())
                .filter(paragraph -> !paragraph.isEmpty())
                .forEach(paragraph ->
                        html.append("<p>").append(Pen.escape(paragraph)).append("</p>\n"));
        return html.toString();
    }

    private static String contents(DiagramPage page) {
        if (page.diagrams().size() == 1) {
            return "";
        }
        StringBuilder html = new StringBuilder("<nav aria-label=\"Runs\">\n<ol>\n");
        for (int index = 0; index < page.diagrams().size(); index++) {
            Diagram diagram = page.diagrams().get(index);
            html.append("<li><a href=\"#run-")
                    .append(index + 1)
                    .append("\">")
                    .append(Pen.escape(diagram.title()))
                    .append("</a>")
                    .append(ending(diagram))
                    .append("</li>\n");
        }
        return html.append("</ol>\n</nav>\n").toString();
    }

    /** How the run ended, in its own words if it has some: one broken rule spoils any number of good verdicts. */
    private static String ending(Diagram diagram) {
        String good = "";
        String bad = "";
        for (Step step : diagram.steps()) {
            if (step instanceof Violation violation) {
                bad = violation.rule() + " is broken";
            } else if (step instanceof Verdict verdict && verdict.good()) {
                good = verdict.text();
            } else if (step instanceof Verdict verdict && bad.isEmpty()) {
                bad = verdict.text();
            }
        }
        if (!bad.isEmpty()) {
            return "<span class=\"bad\">✗ " + Pen.escape(bad) + "</span>";
        }
        return good.isEmpty() ? "" : "<span class=\"good\">✓ " + Pen.escape(good) + "</span>";
    }

    private static String key(Set<Mark> marks) {
        Pen pen = new Pen();
        pen.raw("<ul class=\"key muted\" aria-label=\"Legend\">\n");
        for (Mark mark : marks) {
            pen.raw("<li><svg class=\"avow\" aria-hidden=\"true\" width=\"44\" height=\"20\" viewBox=\"0 0 44 20\">\n");
            Legend.sample(pen, mark);
            pen.raw("</svg>" + Pen.escape(mark.meaning()) + "</li>\n");
        }
        return marks.isEmpty() ? "" : pen.raw("</ul>\n").toString();
    }

    private static String section(Diagram diagram, Layout layout, int run, DiagramPage page) {
        String id = "run-" + run;
        Pen pen = new Pen();
        pen.raw("<section id=\"" + id + "\">\n");
        boolean ownTitle = page.diagrams().size() > 1 || !diagram.title().equals(page.title());
        if (ownTitle) {
            pen.raw("<h2>" + Pen.escape(diagram.title()) + "</h2>\n");
        }
        pen.raw("<div class=\"lanes\" aria-hidden=\"true\">\n");
        header(pen, layout);
        pen.raw("</div>\n");
        List<Part> parts = layout.parts();
        for (int index = 0; index < parts.size(); index++) {
            part(pen, diagram, layout, parts.get(index), id + "-part-" + (index + 1));
        }
        pen.raw("<details>\n<summary>This run in words</summary>\n<ul>\n");
        for (Part part : parts) {
            layout.words(part).forEach(line -> pen.raw("<li>" + Pen.escape(line) + "</li>\n"));
        }
        return pen.raw("</ul>\n</details>\n</section>\n").toString();
    }

    private static void header(Pen pen, Layout layout) {
        pen.raw("<svg class=\"avow\" " + size(layout, 0, layout.headerHeight()) + ">\n");
        layout.header(pen, 0);
        pen.raw("</svg>\n");
    }

    private static void part(Pen pen, Diagram diagram, Layout layout, Part part, String id) {
        pen.raw("<div class=\"part\">\n<div class=\"lanes-again\" aria-hidden=\"true\">\n");
        header(pen, layout);
        pen.raw("</div>\n<svg class=\"avow\" role=\"img\" aria-labelledby=\"" + id + "-title " + id + "-words\" ");
        pen.raw(size(layout, part.top(), part.bottom() - part.top()) + ">\n");
        pen.raw("<title id=\"" + id + "-title\">" + Pen.escape(diagram.title()) + "</title>\n");
        pen.raw("<desc id=\"" + id + "-words\">" + Pen.escape(String.join("\n", layout.words(part))) + "</desc>\n");
        layout.body(pen, part);
        pen.raw("</svg>\n</div>\n");
    }

    /** Shrinks with the window to the size at which labels can just be read; below that the page scrolls sideways. */
    private static String size(Layout layout, int top, int height) {
        int width = layout.geometry().width();
        String box = "viewBox=\"0 " + top + " " + width + " " + height + "\"";
        return "width=\"" + width + "\" height=\"" + height + "\" " + box + " style=\"min-width:" + width * 7 / 10
                + "px\"";
    }
}
