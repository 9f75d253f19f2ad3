package dev.sparkprop.data.columns;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Encodes categories with a fixed number of 0/1 features, then the indicator of a missing value. The CRC-32C checksum
 * of a category's UTF-8 bytes, modulo the number of features, selects its feature. Missing values select none.
 *
 * @param column the column as it is read
 * @param buckets the number of features for categories
 * @param indicator whether a feature marks missing values
 */
public record HashEncoding(Feature column, int buckets, boolean indicator) implements ColumnEncoding {
    /** More buckets would make the first layer very wide. */
    public static final int MAX_BUCKETS = 1 << 16;

    public HashEncoding {
        if (buckets < 1 || buckets > MAX_BUCKETS) {
            throw new IllegalArgumentException("Invalid buckets: " + buckets + " (must be 1 to " + MAX_BUCKETS + ")");
        }
    }

    @Override
    public int width() {
        return indicator ? buckets + 1 : buckets;
    }

    @Override
    public List<String> names() {
        List<String> names = new ArrayList<>();
        for (int bucket = 0; bucket < buckets; bucket++) {
            names.add(column.name() + "#" + bucket);
        }
        if (indicator) {
            names.add(ColumnEncoding.indicatorName(column.name()));
        }
        return names;
    }

    @Override
    public void encode(double number, String category, double[] into, int at) {
        Arrays.fill(into, at, at + width(), 0);
        if (category != null) {
            CRC32C checksum = new CRC32C();
            checksum.update(category.getBytes(StandardCharsets.UTF_8));
            into[at + (int) (checksum.getValue() % buckets)] = 1;
        } else if (indicator) {
            into[at + buckets] = 1;
        }
    }
}
