package dev.sparkprop.spark.packing;

import dev.sparkprop.data.Moments;
import dev.sparkprop.data.Standardization;
import dev.sparkprop.data.TargetKind;
import dev.sparkprop.data.columns.ColumnStatistics;
import dev.sparkprop.data.columns.ColumnType;
import dev.sparkprop.data.columns.Encodings;
import dev.sparkprop.data.columns.LearnedEncodings;
import dev.sparkprop.data.columns.Missing;
import dev.sparkprop.data.tables.FileData;
import dev.sparkprop.data.tables.LearnedData;
import dev.sparkprop.data.tables.SparkTable;
import dev.sparkprop.spark.files.BadDataException;
import dev.sparkprop.spark.files.Columns;
import dev.sparkprop.spark.files.RowSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Learns how to encode and standardize columns from the statistics of the training examples. */
final class Learning {
    private final RowSource source;
    private final FileData files;
    private final ColumnStatistics statistics;

    Learning(RowSource source, FileData files, ColumnStatistics statistics) {
        this.source = source;
        this.files = files;
        this.statistics = statistics;
    }

    /**
     * Returns what has been learned. Reads the rows again if there are medians to find.
     *
     * @param examples the training examples
     * @param classes the names of the classes; empty if targets are numbers
     */
    LearnedData learned(PartRows examples, List<String> classes) {
        Encodings encodings = encodings(medians(examples));
        Columns.checkInputs(encodings.names(), files, files.place());
        FileData similar = files.withFeatures(source.featureColumns());
        if (files.table().isPresent() && files.paths().isEmpty()) {
            // the model is applied to other tables, by name
            similar = similar.withTable(SparkTable.NAMED_LATER);
        }
        return new LearnedData(similar, encodings, classes, standardization(encodings));
    }

    private Map<Integer, Double> medians(PartRows examples) {
        Map<Integer, Long> counts = new TreeMap<>();
        IntStream.range(0, source.features().size())
                .filter(i -> source.features().get(i).missing() == Missing.MEDIAN)
                .filter(i -> source.features().get(i).type() != ColumnType.CATEGORY)
                .filter(i -> statistics.present(i) > 0)
                .forEach(i -> counts.put(i, statistics.present(i)));
        return counts.isEmpty() ? Map.of() : Medians.of(source.rows(), examples, counts);
    }

    private Encodings encodings(Map<Integer, Double> medians) {
        try {
            return LearnedEncodings.of(source.features(), files.columns(), statistics, medians);
        } catch (IllegalArgumentException e) {
            throw new BadDataException(files.place() + ": " + e.getMessage());
        }
    }

    /** Returns the standardization of the encoded features, followed by that of numeric targets. */
    private Optional<Standardization> standardization(Encodings encodings) {
        if (!files.standardize()) {
            return Optional.empty();
        }
        Moments moments = statistics.moments();
        int features = source.features().size();
        Standardization inputs = encodings.standardization(moments.standardization(0, features));
        Standardization targets =
                moments.standardization(features, source.layout(files).values());
        return Optional.of(files.kind() == TargetKind.NUMBERS ? inputs.then(targets) : inputs);
    }

    /** Returns the factor for the weights of examples of each class. */
    double[] classWeights(List<String> classes) {
        try {
            return files.classWeights().of(classes, statistics.labels());
        } catch (IllegalArgumentException e) {
            throw new BadDataException(files.place() + ": " + e.getMessage());
        }
    }
}
