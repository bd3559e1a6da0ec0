package dev.avow.benchmarks.page;

import dev.avow.benchmarks.page.Line.Kind;
import java.awt.BasicStroke;
import java.awt.Font;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Charts that look alike: Avow thick and always in its colour, peers thinner, limits dashed and grey. */
final class Charts {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 420;
    private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    private static final float THICK = 3.5f;
    private static final float THIN = 1.5f;
    private static final double THOUSAND = 1e3;
    private static final double MILLION = 1e6;

    private Charts() {}

    /** Both axes logarithmic, the horizontal one in powers of its base. */
    static String lines(String title, String x, String y, int base, List<Line> lines) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .xAxisTitle(x)
                .yAxisTitle(y)
                .build();
        common(chart.getStyler());
        chart.getStyler().setYAxisLogarithmic(true);
        // The logarithm is taken here: XChart's own horizontal axis would only mark powers of ten.
        chart.getStyler().setXAxisTickLabelsFormattingFunction(exponent -> {
            double value = Math.pow(base, exponent);
            return Math.abs(exponent - Math.rint(exponent)) > 1e-6 ? " " : String.format(Locale.ROOT, "%,.0f", value);
        });
        lines.stream()
                .sorted(Comparator.comparing(line -> line.kind() == Kind.AVOW))
                .forEach(line -> {
                    XYSeries series = chart.addSeries(
                            line.name(),
                            line.points().keySet().stream()
                                    .map(each -> Math.log(each) / Math.log(base))
                                    .toList(),
                            List.copyOf(line.points().values()));
                    series.setMarkerColor(line.colour());
                    series.setMarker(line.kind() == Kind.LIMIT ? SeriesMarkers.NONE : SeriesMarkers.CIRCLE);
                    series.setLineColor(line.colour());
                    series.setLineStyle(stroke(line.kind()));
                });
        return Svg.of(chart, title);
    }

    /** One bar for each name. */
    static String bars(String title, String y, Map<String, Double> bars, Map<String, Kind> kinds) {
        CategoryChart chart = new CategoryChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .yAxisTitle(y)
                .build();
        common(chart.getStyler());
        chart.getStyler().setLegendVisible(false);
        chart.getStyler().setOverlapped(true).setAvailableSpaceFill(0.6);
        // Level, they would leave each other out.
        chart.getStyler().setXAxisLabelRotation(35).setXAxisTickMarkSpacingHint(20);
        List<String> names = List.copyOf(bars.keySet());
        bars.forEach((name, height) -> chart.addSeries(
                        name,
                        names,
                        names.stream()
                                .map(each -> each.equals(name) ? height : Double.valueOf(0))
                                .toList())
                .setFillColor(Line.colour(name, kinds.getOrDefault(name, Kind.PEER))));
        return Svg.of(chart, title);
    }

    private static BasicStroke stroke(Kind kind) {
        return kind == Kind.LIMIT
                ? new BasicStroke(THIN, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {6, 5}, 0)
                : new BasicStroke(kind == Kind.AVOW ? THICK : THIN, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);
    }

    private static void common(AxesChartStyler styler) {
        styler.setYAxisTickLabelsFormattingFunction(Charts::number)
                .setAxisTickLabelsFont(FONT)
                .setAxisTickLabelsColor(Svg.INK)
                .setAxisTitleFont(FONT)
                .setAxisTickMarksColor(Svg.LINE)
                .setPlotGridLinesColor(Svg.LINE);
        styler.setLegendPosition(Styler.LegendPosition.OutsideE)
                .setLegendFont(FONT)
                .setLegendBackgroundColor(Svg.NOTHING)
                .setLegendBorderColor(Svg.NOTHING)
                .setChartBackgroundColor(Svg.NOTHING)
                .setChartFontColor(Svg.INK)
                .setPlotBackgroundColor(Svg.NOTHING)
                .setPlotBorderColor(Svg.LINE)
                .setAntiAlias(true);
        styler.setXAxisTitleColor(Svg.INK).setYAxisTitleColor(Svg.INK);
    }

    private static String number(double value) {
        if (value >= MILLION) {
            return String.format(Locale.ROOT, "%.0f M", value / MILLION);
        }
        if (value >= THOUSAND) {
            return String.format(Locale.ROOT, "%.0f k", value / THOUSAND);
        }
        return value >= 1 || value == 0 ? String.format(Locale.ROOT, "%.0f", value) : String.valueOf((float) value);
    }
}
