package dev.avow.cli.diagram;

import java.util.List;

/**
 * The style sheet, light and dark.
 *
 * <p>Colours are written out where they are used: viewers other than browsers know no CSS variables. Every kind of mark
 * differs in shape too, so no colour has to be told from another one.
 */
final class Theme {

    private static final String SHAPES = """
            .avow text{font-family:"Segoe UI",Roboto,"Helvetica Neue",Arial,"DejaVu Sans",sans-serif;font-size:13px}
            .avow .title{font-size:18px;font-weight:600}
            .avow .lanename{font-weight:600}
            .avow .number{font-size:11px;font-variant-numeric:tabular-nums}
            .avow .lane{stroke-width:1.5}
            .avow .down{stroke-dasharray:2 5}
            .avow .band{fill-opacity:0}
            .avow .row:hover .band{fill-opacity:.07}
            .avow .shaft,.avow .track,.avow .ring{fill:none;stroke-width:1.8}
            .avow .track{stroke-dasharray:5 4}
            .avow .underway{stroke-dasharray:5 4}
            .avow .ring{stroke-dasharray:none}
            .avow .cross{fill:none;stroke-width:2.6;stroke-linecap:round}
            .avow .label{paint-order:stroke;stroke-width:7px;stroke-linejoin:round;stroke-dasharray:none}
            .avow .chiptext,.avow .legendtext{font-size:12px}
            .avow .small{font-size:11px}
            .avow .chip{stroke-width:1.3}
            .avow .chip.unforced{stroke-dasharray:4 3}
            .avow .icon{fill:none;stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round}
            .avow .icon.crash{stroke-width:2.4}
            .avow .chiptext.forced,.avow .chiptext.crash{font-weight:600}
            .avow .pilltext{font-size:11px;font-weight:600}
            .avow .dividertext,.avow .violationrule,.avow .verdicttext{font-size:14px;font-weight:600}
            .avow .violationicon,.avow .verdicticon{fill:none;stroke-width:2.8;stroke-linecap:round;stroke-linejoin:round}
            """;

    private static final String COLOURS = """
            .avow .paper{fill:PAPER}
            .avow text{fill:INK}
            .avow .number,.avow .legendtext,.avow .small{fill:MUTED}
            .avow .lane{stroke:LANE}
            .avow .down{stroke:LOST}
            .avow .band{fill:INK}
            .avow .lanebox,.avow .divider{fill:HEAD;stroke:EDGE}
            .avow .label{stroke:PAPER}
            .avow .shaft.delivered{stroke:SENT}
            .avow .head.delivered{fill:SENT}
            .avow .shaft.lost,.avow .cross.lost{stroke:LOST}
            .avow .label.lost{fill:LOST}
            .avow .shaft.delayed,.avow .track.delayed,.avow .shaft.underway,.avow .ring{stroke:LATE}
            .avow .head.delayed,.avow .dot.delayed,.avow .label.delayed,.avow .label.underway{fill:LATE}
            .avow .shaft.repeated,.avow .track.repeated{stroke:AGAIN}
            .avow .head.repeated,.avow .label.repeated{fill:AGAIN}
            .avow .chip{fill:PAPER;stroke:LANE}
            .avow .chip.forced{fill:DISK;stroke:DISK}
            .avow .chiptext.forced{fill:ONDISK}
            .avow .icon.forced{stroke:ONDISK}
            .avow .icon.unforced{stroke:MUTED}
            .avow .chip.crash,.avow .pill.bad,.avow .verdict.bad{fill:REDBACK;stroke:RED}
            .avow .chiptext.crash,.avow .pilltext.bad,.avow .verdicttext.bad{fill:RED}
            .avow .icon.crash,.avow .verdicticon.bad{stroke:RED}
            .avow .chip.restart,.avow .pill.good,.avow .verdict.good{fill:GREENBACK;stroke:GREEN}
            .avow .chiptext.restart,.avow .pilltext.good,.avow .verdicttext.good{fill:GREEN}
            .avow .icon.restart,.avow .verdicticon.good{stroke:GREEN}
            .avow .pill.waiting{fill:AMBERBACK;stroke:LATE}
            .avow .pilltext.waiting{fill:LATE}
            .avow .pill.plain{fill:HEAD;stroke:EDGE}
            .avow .violation{fill:RED}
            .avow .violationrule,.avow .violationtext{fill:PAPER}
            .avow .violationicon{stroke:PAPER}
            """;

    private static final String PAGE_COLOURS = """
            body{background:PAPER;color:INK}
            .lanes{background:PAPER}
            .muted,summary,footer{color:MUTED}
            a{color:SENT}
            nav .good{color:GREEN}
            nav .bad{color:RED}
            """;

    private record Paint(String name, String light, String dark) {}

    /** Longer names first, where one is the start of another. */
    private static final List<Paint> PAINTS = List.of(
            new Paint("PAPER", "#ffffff", "#0f1419"),
            new Paint("INK", "#1f2328", "#e6edf3"),
            new Paint("MUTED", "#59636e", "#9aa7b4"),
            new Paint("LANE", "#8c96a1", "#6b7785"),
            new Paint("HEAD", "#eef2f7", "#1b232d"),
            new Paint("EDGE", "#c3ccd6", "#3a4654"),
            new Paint("SENT", "#0b57d0", "#79b8ff"),
            new Paint("LOST", "#c5221f", "#ff7b72"),
            new Paint("LATE", "#8a5200", "#e3a341"),
            new Paint("AGAIN", "#7b2fb5", "#d2a8ff"),
            new Paint("ONDISK", "#ffffff", "#0f1419"),
            new Paint("DISK", "#17365d", "#cfe3ff"),
            new Paint("REDBACK", "#fce8e6", "#3d1614"),
            new Paint("RED", "#b3261e", "#ff9d94"),
            new Paint("GREENBACK", "#e6f4ea", "#12301d"),
            new Paint("GREEN", "#116329", "#7ee2a0"),
            new Paint("AMBERBACK", "#fff3d6", "#33270c"));

    private Theme() {}

    /** The rules for a diagram; dark ones apply on a screen only, since paper is white. */
    static String diagramCss() {
        return SHAPES + both(COLOURS);
    }

    /** The rules for a page around diagrams. */
    static String pageCss() {
        return both(PAGE_COLOURS);
    }

    private static String both(String rules) {
        String light = rules;
        String dark = rules;
        for (Paint paint : PAINTS) {
            light = light.replace(paint.name(), paint.light());
            dark = dark.replace(paint.name(), paint.dark());
        }
        return light + "@media screen and (prefers-color-scheme:dark){\n" + dark + "}\n";
    }
}
