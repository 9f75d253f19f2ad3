package dev.sparkprop.store;

import dev.sparkprop.data.Standardization;
import dev.sparkprop.data.TargetKind;
import dev.sparkprop.data.columns.Encodings;
import dev.sparkprop.data.tables.BadRows;
import dev.sparkprop.data.tables.FileData;
import dev.sparkprop.data.tables.FileFormat;
import dev.sparkprop.data.tables.LearnedData;
import dev.sparkprop.network.Topology;
import dev.sparkprop.store.files.Storage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Models of networks with two inputs, trained on files. */
public final class Models {
    private Models() {}

    /**
     * Returns a model.
     *
     * @param moments the means of {@code length}, {@code width} and numeric targets, followed by their standard
     *     deviations
     */
    public static Model model(
            Topology topology, TargetKind kind, double[] parameters, List<String> classes, double... moments) {
        FileData files = new FileData(
                FileFormat.CSV,
                List.of(),
                new FileData.Csv(true, ',', '"'),
                List.of("length", "width"),
                List.of("label"),
                Optional.empty(),
                kind,
                topology.inputs(),
                topology.outputs(),
                BadRows.FAIL,
                true);
        int columns = moments.length / 2;
        Standardization standardization = new Standardization(
                IntStream.range(0, columns).mapToDouble(i -> moments[i]).toArray(),
                IntStream.range(columns, 2 * columns)
                        .mapToDouble(i -> moments[i])
                        .toArray());
        return new Model(
                topology,
                parameters,
                Optional.of(new LearnedData(
                        files, Encodings.plain(List.of("length", "width")), classes, Optional.of(standardization))));
    }

    /** Writes a model to a separate file, outside a run directory. */
    static void write(Model model, Path file) throws IOException {
        org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(file.toUri());
        Storage.of(path).writeWhole(path, model::write);
    }
}
