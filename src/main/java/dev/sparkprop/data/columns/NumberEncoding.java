package dev.sparkprop.data.columns;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Encodes a number, boolean or date: the number itself, then the parts of a date, then the indicator of a missing
 * value.
 *
 * @param column the column as it is read
 * @param fill the replacement of missing values; NaN if they are not replaced
 * @param parts the parts of a date that are features
 * @param indicator whether a feature marks missing values
 */
public record NumberEncoding(Feature column, double fill, List<DatePart> parts, boolean indicator)
        implements ColumnEncoding {
    public NumberEncoding {
        parts = List.copyOf(parts);
        if (Double.isInfinite(fill)) {
            throw new IllegalArgumentException("Invalid fill: " + fill + " (must be finite)");
        }
    }

    /** Creates an encoding that passes numbers on unchanged. */
    public static NumberEncoding plain(String name) {
        return new NumberEncoding(Feature.number(name), Double.NaN, List.of(), false);
    }

    @Override
    public int width() {
        int width = 1;
        for (DatePart part : parts) {
            width += part.width();
        }
        return indicator ? width + 1 : width;
    }

    @Override
    public List<String> names() {
        List<String> names = new ArrayList<>();
        names.add(column.name());
        parts.forEach(part -> part.addNames(column.name(), names));
        if (indicator) {
            names.add(ColumnEncoding.indicatorName(column.name()));
        }
        return names;
    }

    @Override
    public boolean fills() {
        return !Double.isNaN(fill);
    }

    @Override
    public void encode(double number, String category, double[] into, int at) {
        boolean missing = Double.isNaN(number);
        into[at] = missing ? fill : number;
        int next = at + 1;
        for (DatePart part : parts) {
            Arrays.fill(into, next, next + part.width(), 0);
            if (!missing) {
                into[next + part.index(number)] = 1;
            }
            next += part.width();
        }
        if (indicator) {
            into[next] = missing ? 1 : 0;
        }
    }
}
