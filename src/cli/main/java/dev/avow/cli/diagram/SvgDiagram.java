package dev.avow.cli.diagram;

import dev.avow.cli.diagram.Layout.Part;
import dev.avow.cli.diagram.Lettering.Lines;
import java.util.List;

/** Draws a {@link Diagram} as one SVG document. */
public final class SvgDiagram {

    private static final int TITLE_FONT = 18;
    private static final int TITLE_LINE = 24;
    private static final int MARGIN = 14;

    private SvgDiagram() {}

    /**
     * The diagram as a self-contained SVG document: its style is inside, it runs no script and loads nothing. It follows
     * the viewer's preference for light or dark, and describes itself in words to a screen reader. The same diagram gives
     * the same text.
     */
    public static String render(Diagram diagram) {
        Layout layout = new Layout(diagram, true);
        Geometry geometry = layout.geometry();
        Pen pen = new Pen();
        int y = title(pen, diagram, geometry);
        int legendWidth = geometry.bannerWidth() + Geometry.NUMBERS;
        y += Legend.draw(pen, layout.marks(), MARGIN, y, legendWidth) + 4;
        layout.header(pen, y);
        y += layout.headerHeight();
        pen.open("run", "transform=\"translate(0," + y + ")\"");
        for (Part part : layout.parts()) {
            layout.body(pen, part);
        }
        for (Part part : layout.parts()) {
            if (part.first() > 0) {
                layout.header(pen, part.top() - layout.headerHeight());
            }
        }
        pen.close();
        return document(diagram, layout, y + layout.height() + MARGIN, pen);
    }

    private static int title(Pen pen, Diagram diagram, Geometry geometry) {
        int room = (geometry.width() - 2 * MARGIN) * 100 / 112;
        Lines lines = Lettering.wrap(diagram.title(), TITLE_FONT, room, 3);
        pen.lines("title", "start", MARGIN, MARGIN + 18, TITLE_LINE, lines.lines());
        return MARGIN + lines.count() * TITLE_LINE + 12;
    }

    private static String document(Diagram diagram, Layout layout, int height, Pen content) {
        int width = layout.geometry().width();
        List<String> words = new Narrative(diagram).sentences();
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <svg xmlns="http://www.w3.org/2000/svg" class="avow" role="img" aria-labelledby="title words" \
                width="%s" height="%s" viewBox="0 0 %s %s">
                <title id="title">%s</title>
                <desc id="words">%s</desc>
                <style>
                %s</style>
                <rect class="paper" width="%s" height="%s"/>
                %s</svg>
                """.formatted(
                        width,
                        height,
                        width,
                        height,
                        Pen.escape(diagram.title()),
                        Pen.escape(String.join("\n", words)),
                        Theme.diagramCss(),
                        width,
                        height,
                        content);
    }
}
