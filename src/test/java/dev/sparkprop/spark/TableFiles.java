package dev.sparkprop.spark;

import dev.sparkprop.data.TargetKind;
import dev.sparkprop.data.TextCharset;
import dev.sparkprop.data.tables.BadRows;
import dev.sparkprop.data.tables.FileData;
import dev.sparkprop.data.tables.FileFormat;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Descriptions of files with a column {@code label} of two classes. */
public final class TableFiles {
    public static final FileData.Csv COMMAS = new FileData.Csv(true, ',', '"');

    private TableFiles() {}

    public static FileData csv(int features, Path... paths) {
        return files(FileFormat.CSV, COMMAS, features, paths);
    }

    public static FileData files(FileFormat format, FileData.Csv csv, int features, Path... paths) {
        return new FileData(
                format,
                Stream.of(paths).map(Path::toString).toList(),
                csv,
                List.of(),
                List.of("label"),
                Optional.empty(),
                TargetKind.TWO_CLASSES,
                features,
                1,
                BadRows.FAIL,
                false);
    }

    public static FileData.Csv charset(String name) {
        return new FileData.Csv(true, ',', '"', FileData.Csv.NO_ESCAPE, false, new TextCharset(name));
    }

    public static FileData.Csv multiLine() {
        return new FileData.Csv(true, ',', '"', FileData.Csv.NO_ESCAPE, true, TextCharset.UTF_8);
    }

    public static FileData.Csv escape(char escape) {
        return new FileData.Csv(true, ',', '"', escape, false, TextCharset.UTF_8);
    }

    /** Returns the same files without the given columns. */
    public static FileData excluding(FileData files, String... columns) {
        return new FileData(
                files.format(),
                files.paths(),
                files.csv(),
                files.features(),
                List.of(columns),
                files.targets(),
                files.weight(),
                files.kind(),
                files.inputs(),
                files.outputs(),
                files.badRows(),
                files.standardize(),
                files.columns(),
                files.table(),
                files.order(),
                files.classWeights());
    }
}
