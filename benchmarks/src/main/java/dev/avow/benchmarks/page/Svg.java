package dev.avow.benchmarks.page;

import dev.avow.benchmarks.text.Html;
import java.awt.Color;
import java.awt.Dimension;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.knowm.xchart.internal.chartpart.Chart;
import org.w3c.dom.Document;

/**
 * A chart as a part of a page. Ink and lines follow the page's colours, light or dark, by rules that name the two colours
 * that are drawn here; the ground is the page's own.
 */
final class Svg {
    static final Color INK = new Color(1, 2, 3);
    static final Color LINE = new Color(4, 5, 6);
    static final Color NOTHING = new Color(0, 0, 0, 0);

    static final String STYLE = """
            svg [fill="rgb(1,2,3)"] { fill: var(--ink); } svg [stroke="rgb(1,2,3)"] { stroke: var(--ink); }
            svg [fill="rgb(4,5,6)"] { fill: var(--line); } svg [stroke="rgb(4,5,6)"] { stroke: var(--line); }
            """;

    private static final String NAMESPACE = "http://www.w3.org/2000/svg";

    private Svg() {}

    static String of(Chart<?, ?> chart, String title) {
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(document());
        context.setPrecision(1);
        context.setComment("");
        SVGGraphics2D graphics = new SVGGraphics2D(context, false);
        graphics.setSVGCanvasSize(new Dimension(chart.getWidth(), chart.getHeight()));
        chart.paint(graphics, chart.getWidth(), chart.getHeight());
        StringWriter written = new StringWriter();
        try {
            graphics.stream(written, false);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        String svg = written.toString();
        // Several charts in one page mustn't share the names of their clipping paths.
        String prefix = "c" + Integer.toHexString(title.hashCode()) + "-";
        String size = " viewBox=\"0 0 " + chart.getWidth() + " " + chart.getHeight() + "\"";
        return "<svg role=\"img\" aria-label=\"" + Html.escaped(title) + "\"" + size
                + svg.substring(svg.indexOf("<svg") + "<svg".length())
                        .replace("id=\"", "id=\"" + prefix)
                        .replace("url(#", "url(#" + prefix);
    }

    private static Document document() {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .getDOMImplementation()
                    .createDocument(NAMESPACE, "svg", null);
        } catch (ParserConfigurationException impossible) {
            throw new IllegalStateException("a plain XML document can't be made", impossible);
        }
    }
}
