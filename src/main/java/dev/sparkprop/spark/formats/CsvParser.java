package dev.sparkprop.spark.formats;

import dev.sparkprop.data.FileData.Csv;
import dev.sparkprop.spark.files.Columns;
import dev.sparkprop.spark.files.FileRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;

/** Parses lines of separated values. Checks each number, so that each bad value can be reported. */
public final class CsvParser implements LineParser {
    private static final long serialVersionUID = 1;

    private static final int IGNORED = -1;
    private static final int LABEL = -2;
    private static final int WEIGHT = -3;

    private final Csv format;
    private final Columns columns;
    private final String firstFile;
    /** For each column, the index of its number among the row's values, or one of the constants. */
    private final int[] destinations;

    /** Creates a parser for files that have the same columns as the first one. */
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

    /** Receives the values of a line. */
    public interface Visitor {
        void visit(int feature, CsvLine value);
    }

    /**
     * Passes the values of the features to a visitor, with their positions among the network's inputs. Skips lines
     * with a different number of values.
     */
    public void visit(String line, Visitor visitor) {
        if (values(line, format).size() == destinations.length) {
            CsvLine cursor = new CsvLine(format, line);
            for (int column = 0; cursor.next(); column++) {
                if (destinations[column] >= 0
                        && destinations[column] < columns.features().size()) {
                    visitor.visit(destinations[column], cursor);
                }
            }
        }
    }

    /** Returns the number of features and numeric targets per row. */
    public int numbers() {
        return columns.features().size()
                + (columns.kind().labels() ? 0 : columns.targets().size());
    }

    /** Returns the values of a line, without their quotes. */
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
                store(cursor, column, into);
            }
        }
        if (cursor.unclosed()) {
            into.fail("a quote is not closed on its line (set data.multi-line = true if values contain line"
                    + " breaks)");
        } else if (column != destinations.length) {
            into.fail(count(column) + ", but " + (format.header() ? "the header" : "the first line of " + firstFile)
                    + " has " + destinations.length + " columns" + escapeHint(line));
        }
        return true;
    }

    private String escapeHint(String line) {
        return format.escape() == Csv.NO_ESCAPE && line.contains("\\" + format.quote())
                ? " (if quotes inside values are escaped, set data.escape = \"\\\\\")"
                : "";
    }

    private static String count(int values) {
        return values == 1 ? "1 value" : values + " values";
    }

    private void store(CsvLine value, int column, FileRow into) {
        int destination = destinations[column];
        if (destination >= 0) {
            double number = value.number();
            // the text is needed for the error message only
            String text = FileRow.usable(number) && columns.kind().allows(number) ? "" : value.text();
            columns.number(column, destination, number, text, into);
        } else if (destination == LABEL) {
            into.label(columns.names().get(column), value.text());
        } else if (destination == WEIGHT) {
            columns.weight(value.number(), value.text(), into);
        }
    }

    /** Checks a header. It is a bad row if it differs from that of the first file. Otherwise, it is ignored. */
    private boolean checkHeader(String line, FileRow into) {
        List<String> names = values(line, format);
        for (int i = 0; i < Math.max(names.size(), columns.names().size()); i++) {
            String actual = i < names.size() ? names.get(i).strip() : "missing";
            String expected = i < columns.names().size() ? columns.names().get(i) : "no further column";
            if (!actual.equals(expected)) {
                into.invalid(
                        "header", actual, "must be " + expected + " in column " + (i + 1) + ", as in " + firstFile);
                return true;
            }
        }
        return false;
    }
}
