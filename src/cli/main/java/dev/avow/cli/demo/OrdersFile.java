package dev.avow.cli.demo;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.avow.cli.terminal.Complaint;
import dev.avow.cli.terminal.Complaints;
import dev.avow.cli.terminal.Text;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Orders in a CSV file: order id, customer, amount; a first line with these words is a header. A file that exists is right
 * in every line.
 *
 * @param path as the user wrote it
 */
public record OrdersFile(Path path, List<Line> lines) {
    private static final List<String> COLUMNS = List.of("order id", "customer", "amount");
    private static final int FIELDS = COLUMNS.size();
    private static final int LONGEST_ID = 64;
    private static final int LONGEST_CUSTOMER = 100;
    private static final BigDecimal LARGEST_AMOUNT = new BigDecimal("9999999999.99");
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    /** @param number in the file, from 1 */
    record Line(long number, Order order) {}

    /** A line, or what is wrong with it. */
    private record Checked(Optional<Line> line, Optional<String> fault) {
        static Checked fault(long number, String what) {
            return new Checked(Optional.empty(), Optional.of("line " + number + ": " + what));
        }
    }

    public OrdersFile {
        lines = List.copyOf(lines);
    }

    /**
     * Reads the file and checks all of it.
     *
     * @throws Complaint naming the first line that is wrong, if one is
     */
    public static OrdersFile read(Path path) {
        List<CsvRecord> records = records(path);
        records.stream().limit(1).forEach(first -> requireOrder(path, first));
        List<CsvRecord> rows =
                !records.isEmpty() && isHeader(records.get(0)) ? records.subList(1, records.size()) : records;
        if (rows.isEmpty()) {
            throw Complaint.wrongInput(path + " holds no orders: give each a line, order id,customer,amount");
        }
        Map<String, Long> numbers = new HashMap<>();
        List<Checked> checked = rows.stream().map(row -> check(row, numbers)).toList();
        requireNoFault(
                path, checked.stream().flatMap(each -> each.fault().stream()).toList());
        return new OrdersFile(
                path, checked.stream().flatMap(each -> each.line().stream()).toList());
    }

    private static List<CsvRecord> records(Path path) {
        if (Files.isDirectory(path)) {
            throw Complaint.wrongInput("--orders " + path + " is a folder: name a file");
        }
        try {
            String text = Files.readString(path, StandardCharsets.UTF_8);
            String content = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
            try (CsvReader<CsvRecord> reader = CsvReader.builder()
                    .allowMissingFields(true)
                    .allowExtraFields(true)
                    .ofCsvRecord(content)) {
                return reader.stream().toList();
            }
        } catch (IOException failure) {
            throw Complaint.wrongInput("--orders " + path + " can't be read: " + Complaints.reason(failure), failure);
        } catch (CsvParseException failure) {
            throw Complaint.wrongInput(path + ": " + Text.firstLine(String.valueOf(failure.getMessage())), failure);
        }
    }

    /** Else each customer would be taken for an order. */
    private static void requireOrder(Path path, CsvRecord first) {
        List<String> fields = first.getFields().stream()
                .map(field -> field.strip().toLowerCase(Locale.ROOT))
                .toList();
        for (int index = 0; index < COLUMNS.size(); index++) {
            int found = fields.indexOf(COLUMNS.get(index));
            if (found >= 0 && found != index) {
                throw Complaint.wrongInput(path + ", line " + first.getStartingLineNumber() + ": the columns are "
                        + Text.oneLine(String.join(",", first.getFields())) + " and must be "
                        + String.join(",", COLUMNS) + ". Nothing was changed");
            }
        }
    }

    private static boolean isHeader(CsvRecord row) {
        return row.getFieldCount() == FIELDS && row.getField(2).strip().equalsIgnoreCase("amount");
    }

    private static Checked check(CsvRecord row, Map<String, Long> numbers) {
        long number = row.getStartingLineNumber();
        if (row.getFieldCount() != FIELDS) {
            return Checked.fault(
                    number, Text.count(row.getFieldCount(), "field") + " instead of order id,customer,amount");
        }
        String id = row.getField(0).strip();
        String customer = row.getField(1).strip();
        String amount = row.getField(2).strip();
        Optional<String> fault = wrongText("order id", id, LONGEST_ID)
                .or(() -> wrongText("customer", customer, LONGEST_CUSTOMER))
                .or(() -> wrongAmount(amount));
        if (fault.isPresent()) {
            return Checked.fault(number, fault.get());
        }
        Optional<Long> earlier = Optional.ofNullable(numbers.putIfAbsent(id, number));
        if (earlier.isPresent()) {
            return Checked.fault(number, "order " + id + " stands on line " + earlier.get() + " already");
        }
        return new Checked(Optional.of(new Line(number, Order.of(id, customer, amount))), Optional.empty());
    }

    private static Optional<String> wrongText(String what, String text, int longest) {
        if (text.isEmpty()) {
            return Optional.of("the " + what + " is missing");
        }
        if (text.length() > longest) {
            return Optional.of("the " + what + " has " + text.length() + " characters: use at most " + longest);
        }
        if (!Text.oneLine(text).equals(text)) {
            return Optional.of("the " + what + " holds a control character");
        }
        return Optional.empty();
    }

    private static Optional<String> wrongAmount(String text) {
        if (text.isEmpty()) {
            return Optional.of("the amount is missing");
        }
        if (!text.matches("[0-9]{1,10}(\\.[0-9]{1,2})?")) {
            return Optional.of("the amount \"" + Text.oneLine(text)
                    + "\" isn't one: write it like 40 or 40.25, at most " + LARGEST_AMOUNT);
        }
        return new BigDecimal(text).signum() == 0 ? Optional.of("the amount is zero") : Optional.empty();
    }

    private static void requireNoFault(Path path, List<String> faults) {
        if (!faults.isEmpty()) {
            int more = faults.size() - 1;
            throw Complaint.wrongInput(path + ", " + faults.get(0)
                    + (more == 0 ? "" : " (and " + Text.count(more, "more wrong line") + ")")
                    + ". Nothing was changed");
        }
    }

    /**
     * The lines, which fit to what is there already.
     *
     * @throws Complaint if one has the id of another order that is there
     */
    List<Line> requireNoConflict(Books books, DemoFolder folder) {
        List<String> faults = new ArrayList<>();
        for (Line line : lines) {
            books.order(line.order().id())
                    .filter(there -> !there.equals(line.order()))
                    .ifPresent(there -> faults.add("line " + line.number() + ": " + folder.path()
                            + " holds another order " + there.id() + ", of " + there.customer() + " for "
                            + Text.money(there.amount())));
        }
        requireNoFault(path, faults);
        return lines;
    }
}
