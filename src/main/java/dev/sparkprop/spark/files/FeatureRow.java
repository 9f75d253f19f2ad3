package dev.sparkprop.spark.files;

import dev.sparkprop.data.columns.Encodings;
import dev.sparkprop.data.tables.LearnedData;
import java.util.List;

/** Converts the features of a single example to the inputs of a network. */
public final class FeatureRow {
    private FeatureRow() {}

    /**
     * Returns the inputs, encoded and standardized as in training.
     *
     * @param cells the features as they are read: numbers, booleans, dates or text; null for a missing value
     * @throws IllegalArgumentException if a cell is invalid
     */
    public static double[] encode(LearnedData data, List<?> cells) {
        Encodings encodings = data.encodings();
        CellReader reader =
                CellReader.of(encodings.features(), data.files().columns().nullValues());
        FileRow row = new FileRow(cells.size());
        row.clear();
        for (int i = 0; i < cells.size() && row.isGood(); i++) {
            reader.cell(i, cells.get(i), row);
        }
        reader.finish(row);
        row.checkCategories(encodings, data.files().columns().unseen());
        if (!row.isGood()) {
            throw new IllegalArgumentException(
                    row.isSkipped() ? "A value is missing (data.missing = skip)" : row.problem());
        }
        double[] inputs = new double[encodings.width()];
        encodings.encode(row.values(), row.categories(), inputs);
        for (int i = 0; i < inputs.length; i++) {
            inputs[i] = data.input(i, inputs[i]);
        }
        return inputs;
    }

    /**
     * Returns the inputs of a network that was not trained on files.
     *
     * @throws IllegalArgumentException if a cell is not a number
     */
    public static double[] numbers(List<?> cells) {
        double[] inputs = new double[cells.size()];
        for (int i = 0; i < inputs.length; i++) {
            if (!(cells.get(i) instanceof Number number)) {
                throw new IllegalArgumentException(
                        "Invalid feature " + i + ": " + cells.get(i) + " (must be a number)");
            }
            inputs[i] = number.doubleValue();
        }
        return inputs;
    }
}
