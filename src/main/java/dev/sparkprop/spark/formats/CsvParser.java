package dev.sparkprop.spark.formats;

import dev.sparkprop.data.columns.ColumnType;
import dev.sparkprop.data.tables.FileData.Csv;
import dev.sparkprop.spark.files.CellReader;
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
    private final CellReader cells;
    private final String firstFile;
    /** For each column, the index of its number among the row's values, or one of the constants. */
    private final int[] destinations;
    /** For each feature, whether it is a number. */
    private final boolean[] isNumber;

    /** Creates a parser for files that have the same columns as the first one. */
    public CsvParser(Csv format, Columns columns, CellReader cells, String firstFile) {
        this.format = format;
        this.columns = columns;
        this.cells = cells;
        this.firstFile = firstFile;
        isNumber = new boolean[columns.features().size()];
        for (int i = 0; i < isNumber.length; i++) {
            isNumber[i] = cells.features().get(i).type() == ColumnType.NUMBER;
        }
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
        /** Receives the text of a feature and its number, which is NaN for other texts. */
        void visit(int feature, double number, String text);
    }

    /**
     * Passes the values of features that are numbers to a visitor, except missing values. Skips lines with a different
     * number of values.
     */
    public void visitNumbers(String line, Visitor visitor) {
        if (values(line, format).size() == destinations.length) {
            CsvLine cursor = new CsvLine(format, line);
            for (int column = 0; cursor.next(); column++) {
                int feature = destinations[column];
                if (feature >= 0 && feature < isNumber.length && isNumber[feature] && !cells.isMissing(cursor.text())) {
                    visitor.visit(feature, cursor.number(), cursor.text());
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
        } else {
            cells.finish(into);
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
        if (destination >= columns.features().size()) {
            double number = value.number();
            // the text is needed for the error message only
            String text = FileRow.usable(number) && columns.kind().allows(number) ? "" : value.text();
            columns.target(column, destination, number, text, cells, into);
        } else if (destination >= 0) {
            feature(value, destination, into);
        } else if (destination == LABEL) {
            columns.label(column, value.text(), cells, into);
        } else if (destination == WEIGHT) {
            columns.weight(value.number(), value.text(), into);
        }
    }

    private void feature(CsvLine value, int feature, FileRow into) {
        double number = isNumber[feature] ? value.number() : Double.NaN;
        if (FileRow.usable(number)) {
            into.values()[feature] = number;
        } else {
            cells.text(feature, value.text(), into);
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
