package dev.avow.models;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of MODELS.md: every configuration in spec/ with what TLC must say about it. */
final class ModelTable {
    static final List<String> COLUMNS = List.of(
            "model",
            "module",
            "verdict",
            "violated",
            "distinct states",
            "depth",
            "actions never taken",
            "what it shows");
    private static final String NOTHING = "-";
    private static final String NOT_MEASURED = "?";
    private static final int DISTINCT = COLUMNS.indexOf("distinct states");
    private static final int DEPTH = COLUMNS.indexOf("depth");

    private final Path spec;
    private final List<String> lines;
    private final List<Row> rows;

    private record Row(int lineIndex, Model model) {}

    private ModelTable(Path spec, List<String> lines, List<Row> rows) {
        this.spec = spec;
        this.lines = List.copyOf(lines);
        this.rows = List.copyOf(rows);
    }

    static ModelTable read(Path spec) {
        try {
            return parse(spec, Files.readAllLines(spec.resolve("MODELS.md")));
        } catch (IOException e) {
            throw new UncheckedIOException("no table of models in " + spec, e);
        }
    }

    static ModelTable parse(Path spec, List<String> lines) {
        int header = 0;
        while (header < lines.size() && !cells(lines.get(header)).equals(COLUMNS)) {
            header++;
        }
        if (header == lines.size()) {
            throw new IllegalArgumentException("MODELS.md has no table with the columns " + COLUMNS);
        }
        List<Row> rows = new ArrayList<>();
        for (int i = header + 2; i < lines.size() && lines.get(i).startsWith("|"); i++) {
            rows.add(new Row(i, model(i + 1, cells(lines.get(i)))));
        }
        return new ModelTable(spec, lines, rows);
    }

    List<Model> models() {
        return rows.stream().map(Row::model).toList();
    }

    /** Configurations without a row, rows without files, and rows given twice. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        Set<String> listed = new TreeSet<>();
        for (Model model : models()) {
            if (!listed.add(model.config())) {
                problems.add(model.config() + " has two rows in MODELS.md");
            }
            Stream.of(model.configFile(spec), model.moduleFile(spec))
                    .filter(file -> !Files.exists(file))
                    .forEach(file -> problems.add(model.config() + " has a row in MODELS.md but no file " + file));
        }
        Set<String> unlisted = configurations();
        unlisted.removeAll(listed);
        unlisted.forEach(config -> problems.add(config + " has no row in MODELS.md: add it with its expected verdict"));
        return problems;
    }

    /**
     * The table's text with measured figures. Verdicts, violated properties and texts are never rewritten, and a row
     * whose verdict isn't the measured one keeps its figures: an update must not hide a failure.
     */
    String withFigures(Function<Model, TlcResult> measure) {
        List<String> updated = new ArrayList<>(lines);
        for (Row row : rows) {
            TlcResult result = measure.apply(row.model());
            if (result.verdict().equals(Optional.of(row.model().verdict()))) {
                updated.set(row.lineIndex(), withFigures(lines.get(row.lineIndex()), result));
            }
        }
        return String.join("\n", updated) + "\n";
    }

    private static String withFigures(String line, TlcResult result) {
        String[] parts = line.split("(?<!\\\\)\\|", -1);
        parts[DISTINCT + 1] = padded(Model.describe(result.distinct()), parts[DISTINCT + 1]);
        parts[DEPTH + 1] = padded(Model.describe(result.depth()), parts[DEPTH + 1]);
        return String.join("|", parts);
    }

    private static String padded(String figure, String oldCell) {
        return String.format("%" + Math.max(oldCell.length() - 1, figure.length() + 1) + "s ", figure);
    }

    private Set<String> configurations() {
        try (Stream<Path> files = Files.walk(spec)) {
            return files.filter(file -> file.toString().endsWith(".cfg"))
                    .map(file -> spec.relativize(file).toString().replace('\\', '/'))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> cells(String line) {
        if (!line.startsWith("|")) {
            return List.of();
        }
        List<String> parts = Arrays.asList(line.strip().split("(?<!\\\\)\\|", -1));
        return parts.subList(1, parts.size() - 1).stream()
                .map(cell -> cell.replace("`", "").strip())
                .toList();
    }

    private static Model model(int lineNumber, List<String> cells) {
        if (cells.size() != COLUMNS.size()) {
            throw new IllegalArgumentException("MODELS.md line " + lineNumber + " has " + cells.size()
                    + " cells, not the " + COLUMNS.size() + " of " + COLUMNS);
        }
        Verdict verdict = Verdict.ofWord(cells.get(2))
                .orElseThrow(() -> new IllegalArgumentException("MODELS.md line " + lineNumber + ": \"" + cells.get(2)
                        + "\" is no verdict, use one of " + List.of(Verdict.values())));
        Optional<Long> distinct = number(lineNumber, cells.get(DISTINCT));
        Optional<Long> depth = number(lineNumber, cells.get(DEPTH));
        return new Model(
                cells.get(0),
                cells.get(1),
                verdict,
                text(cells.get(3)),
                distinct.map(OptionalLong::of).orElse(OptionalLong.empty()),
                depth.map(Math::toIntExact).map(OptionalInt::of).orElse(OptionalInt.empty()),
                names(cells.get(6)));
    }

    private static Optional<String> text(String cell) {
        return cell.equals(NOTHING) ? Optional.empty() : Optional.of(cell);
    }

    private static Set<String> names(String cell) {
        return text(cell).stream()
                .flatMap(list -> Arrays.stream(list.split(",", -1)))
                .map(String::strip)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Optional<Long> number(int lineNumber, String cell) {
        if (cell.equals(NOTHING) || cell.equals(NOT_MEASURED)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.valueOf(cell.replace(",", "")));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "MODELS.md line " + lineNumber + ": \"" + cell
                            + "\" is no number; write - for none, ? for one that isn't measured yet",
                    e);
        }
    }
}
