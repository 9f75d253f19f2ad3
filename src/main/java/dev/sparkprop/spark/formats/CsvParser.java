package dev.sparkprop.spark.formats;

import dev.sparkprop.data.FileData.Csv;
import dev.sparkprop.spark.files.Columns;
import dev.sparkprop.spark.files.FileRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;

/** Reads lines of separated values, number by number, so that each that is bad can be told. */
public final class CsvParser implements LineParser {
    private static final long serialVersionUID = 1;

    private static final int IGNORED = -1;
    private static final int LABEL = -2;
    private static final int WEIGHT = -3;

    private final Csv format;
    private final Columns columns;
    private final String firstFile;
    /** For each column where its number goes among the values of a row, or one of the constants. */
    private final int[] destinations;

    /** For files with the same columns as the first one. */
    public CsvParser(Csv format, Columns columns, String firstFile) {
        this.format = format;
        this.columns = columns;
        this.firstFile = firstFile;
        destinations = new int[columns.names().size()];
        Arrays.fill(destinations, IGNORED);
        int next = 0;
        for (int feature : columns.features()) {
            destinations[feature] = next++;
        }
        for (int target : columns.targets()) {
            destinations[target] = columns.kind().labels() ? LABEL : next++;
        }
        if (columns.weight() >= 0) {
            destinations[columns.weight()] = WEIGHT;
        }
    }

    /** Takes a value of a line. */
    public interface Visitor {
        void take(int feature, CsvLine value);
    }

    /** Shows the values of features, by their positions in the order of the net's inputs; none of a line that is cut otherwise. */
    public void visit(String line, Visitor visitor) {
        if (values(line, format).size() == destinations.length) {
            CsvLine cursor = new CsvLine(format, line);
            for (int column = 0; cursor.next(); column++) {
                if (destinations[column] >= 0
                        && destinations[column] < columns.features().size()) {
                    visitor.take(destinations[column], cursor);
                }
            }
        }
    }

    /** Features of a row, and targets that are numbers. */
    public int numbers() {
        return columns.features().size()
                + (columns.kind().labels() ? 0 : columns.targets().size());
    }

    /** The values of a line, without their quotes. */
    public static List<String> values(String line, Csv format) {
        List<String> values = new ArrayList<>();
        CsvLine cursor = new CsvLine(format, line);
        while (cursor.next()) {
            values.add(cursor.text());
        }
        return values;
    }

    @Override
    public int lines(Row input) {
        if (input.get(0) instanceof BadLine bad) {
            return bad.lines();
        }
        return format.multiLine()
                ? 1 + (int) input.getString(0).chars().filter(c -> c == '\n').count()
                : 1;
    }

    @Override
    public boolean parseLine(String line, boolean firstOfFile, FileRow into) {
        if (firstOfFile && format.header()) {
            return checkHeader(line, into);
        }
        if (line.isBlank()) {
            return false;
        }
        CsvLine cursor = new CsvLine(format, line);
        int column = 0;
        for (; cursor.next(); column++) {
            if (column < destinations.length && into.isGood()) {
                take(cursor, column, into);
            }
        }
        if (cursor.unclosed()) {
            into.fail("A quote is opened and not closed in the same line (data.multi-line = true reads values with line"
                    + " breaks)");
        } else if (column != destinations.length) {
            into.fail(count(column) + ", where " + (format.header() ? "the header" : "the first line of " + firstFile)
                    + " has " + destinations.length + " columns" + escapeMeant(line));
        }
        return true;
    }

    private String escapeMeant(String line) {
        return format.escape() == Csv.NO_ESCAPE && line.contains("\\" + format.quote())
                ? " (if quotes within a value are escaped: data.escape = \"\\\\\")"
                : "";
    }

    private static String count(int values) {
        return values == 1 ? "1 value" : values + " values";
    }

    private void take(CsvLine value, int column, FileRow into) {
        int destination = destinations[column];
        if (destination >= 0) {
            double number = value.number();
            // the text is wanted for the message only
            String text = FileRow.usable(number) && columns.kind().allows(number) ? "" : value.text();
            columns.number(column, destination, number, text, into);
        } else if (destination == LABEL) {
            into.label(columns.names().get(column), value.text());
        } else if (destination == WEIGHT) {
            columns.weight(value.number(), value.text(), into);
        }
    }

    /** A header is no example, and if it is another than that of the first file, a bad row. */
    private boolean checkHeader(String line, FileRow into) {
        List<String> names = values(line, format);
        for (int i = 0; i < Math.max(names.size(), columns.names().size()); i++) {
            String is = i < names.size() ? names.get(i).strip() : "missing";
            String expected = i < columns.names().size() ? columns.names().get(i) : "no more columns";
            if (!is.equals(expected)) {
                into.invalid("header", is, "must be " + expected + " in column " + (i + 1) + ", as in " + firstFile);
                return true;
            }
        }
        return false;
    }
}
