package dev.sparkprop.spark.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sparkprop.data.Standardization;
import dev.sparkprop.data.TargetKind;
import dev.sparkprop.data.columns.Encodings;
import dev.sparkprop.data.tables.BadRows;
import dev.sparkprop.data.tables.FileData;
import dev.sparkprop.data.tables.FileFormat;
import dev.sparkprop.data.tables.LearnedData;
import dev.sparkprop.kernel.Activation;
import dev.sparkprop.network.Loss;
import dev.sparkprop.network.Output;
import dev.sparkprop.network.Topology;
import dev.sparkprop.spark.LocalSpark;
import dev.sparkprop.spark.files.BadDataException;
import dev.sparkprop.spark.files.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePredictionsTest {
    private static final Topology LOGISTIC =
            new Topology(List.of(1, 1), Activation.LINEAR, Output.SIGMOID, Loss.BINARY_CROSS_ENTROPY);
    private static final Topology SOFTMAX =
            new Topology(List.of(2, 2), Activation.LINEAR, Output.SOFTMAX, Loss.SOFTMAX_CROSS_ENTROPY);
    private static final Topology LINEAR =
            new Topology(List.of(1, 1), Activation.LINEAR, Output.LINEAR, Loss.SQUARED_ERROR);
    private static final double ROUNDING = 1e-6;

    private static JavaSparkContext context;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        context = LocalSpark.context();
    }

    private static LearnedData data(
            FileFormat format,
            TargetKind kind,
            Topology topology,
            List<String> columns,
            List<String> classes,
            Optional<Standardization> standardization) {
        FileData files = new FileData(
                format,
                List.of(),
                new FileData.Csv(true, ';', '"'),
                columns,
                List.of("label"),
                Optional.empty(),
                kind,
                topology.inputs(),
                topology.outputs(),
                BadRows.FAIL,
                standardization.isPresent());
        List<String> features = topology.inputs() == 1 ? List.of("x") : List.of("v[0]", "v[1]");
        return new LearnedData(files, Encodings.plain(features), classes, standardization);
    }

    private static LearnedData logistic() {
        return data(
                FileFormat.CSV, TargetKind.TWO_CLASSES, LOGISTIC, List.of("x"), List.of("no", "yes"), Optional.empty());
    }

    private String write(String name, String... lines) throws IOException {
        return Files.write(directory.resolve(name), List.of(lines)).toString();
    }

    private String output() {
        return directory.resolve("out").toString();
    }

    private List<String> writtenLines() throws IOException {
        try (var files = Files.list(Path.of(output()))) {
            Path part = files.filter(file -> file.getFileName().toString().endsWith(".csv"))
                    .findFirst()
                    .orElseThrow();
            return Files.readAllLines(part);
        }
    }

    @Test
    void keepsTheInputColumnsWithThePrediction() throws IOException {
        String path = write("in.csv", "id;x;note", "1;2;\"a;b, c\"", "", "2;-0;", "3;-30;z");
        long rows = new FilePredictions(context, logistic(), LOGISTIC, new double[] {1, 0}, Decision.MOST_PROBABLE)
                .write(List.of(path), output(), FilePredictions.Format.CSV, OnBadRow.FAIL, note -> {});
        assertThat(rows).isEqualTo(3);
        List<String> lines = writtenLines();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).isEqualTo("id,x,note,prediction,probability");
        assertThat(lines.get(1)).startsWith("1,2,\"a;b, c\",yes,0.880797");
        assertThat(lines.get(2)).startsWith("2,-0,").endsWith(",no,0.5");
        assertThat(lines.get(3)).startsWith("3,-30,z,no,9.3576");
        assertThat(Path.of(output(), "_SUCCESS")).exists();
    }

    @Test
    void predictsAFileWithOnlyTheFeature() throws IOException {
        String path = write("one.csv", "x", "2");
        assertThat(new FilePredictions(context, logistic(), LOGISTIC, new double[] {1, 0}, Decision.MOST_PROBABLE)
                        .write(List.of(path), output(), FilePredictions.Format.CSV, OnBadRow.FAIL, note -> {}))
                .isEqualTo(1);
        assertThat(writtenLines().get(0)).isEqualTo("x,prediction,probability");
    }

    @Test
    void predictsNumbersInTheUnitOfTheTargets() throws IOException {
        Standardization columns = new Standardization(new double[] {10, 100}, new double[] {2, 20});
        LearnedData data =
                data(FileFormat.CSV, TargetKind.NUMBERS, LINEAR, List.of("x"), List.of(), Optional.of(columns));
        String path = write("numbers.csv", "x;label", "12;", "10;\"a \"\"b\"\"\"");
        new FilePredictions(context, data, LINEAR, new double[] {1, 0}, Decision.MOST_PROBABLE)
                .write(List.of(path), output(), FilePredictions.Format.CSV, OnBadRow.FAIL, note -> {});
        assertThat(writtenLines()).containsExactly("x,label,prediction", "12,,120.0", "10,\"a \"\"b\"\"\",100.0");
    }

    @Test
    void keepsParquetVectorsAndAddsAProbabilityPerClass() throws IOException {
        SparkSession session = Sessions.of(context);
        StructType schema = new StructType().add("id", DataTypes.LongType).add("v", SQLDataTypes.VectorType());
        List<Row> rows = List.of(
                RowFactory.create(1L, Vectors.dense(2, 0)),
                RowFactory.create(2L, Vectors.sparse(2, new int[] {1}, new double[] {3})));
        String path = directory.resolve("in.parquet").toString();
        session.createDataFrame(rows, schema).coalesce(1).write().parquet(path);
        LearnedData data = data(
                FileFormat.PARQUET, TargetKind.CLASSES, SOFTMAX, List.of("v"), List.of("a", "b"), Optional.empty());
        FilePredictions predictions =
                new FilePredictions(context, data, SOFTMAX, new double[] {1, 0, 0, 1, 0, 0}, Decision.MOST_PROBABLE);
        assertThatThrownBy(() -> predictions.write(
                        List.of(path), output(), FilePredictions.Format.CSV, OnBadRow.FAIL, note -> {}))
                .hasMessage("Column v is vector, which CSV cannot store (use --format parquet)");
        predictions.write(List.of(path), output(), FilePredictions.Format.PARQUET, OnBadRow.FAIL, note -> {});
        List<Row> written = session.read().parquet(output()).orderBy("id").collectAsList();
        assertThat(written.get(0).schema().fieldNames())
                .containsExactly("id", "v", "prediction", "probability_a", "probability_b");
        assertThat(written.get(0).get(1)).isEqualTo(Vectors.dense(2, 0));
        assertThat(written.get(0).getString(2)).isEqualTo("a");
        assertThat(written.get(0).getDouble(3)).isCloseTo(1 / (1 + Math.exp(-2)), within(ROUNDING));
        assertThat(written.get(1).getString(2)).isEqualTo("b");
        assertThat(written.get(1).getDouble(4)).isCloseTo(1 / (1 + Math.exp(-3)), within(ROUNDING));
    }

    /** A libsvm line is written unchanged, including its label and comment. */
    @Test
    void keepsLibsvmLinesWithThePrediction() throws IOException {
        String path = write("in.svm", "yes 1:2 # the first", "", "? ", "no 1:-30");
        LearnedData data = data(
                FileFormat.LIBSVM, TargetKind.TWO_CLASSES, LOGISTIC, List.of(), List.of("no", "yes"), Optional.empty());
        long rows = new FilePredictions(context, data, LOGISTIC, new double[] {1, 0}, Decision.MOST_PROBABLE)
                .write(List.of(path), output(), FilePredictions.Format.CSV, OnBadRow.FAIL, note -> {});
        assertThat(rows).isEqualTo(3);
        List<String> lines = writtenLines();
        assertThat(lines).hasSize(4);
        assertThat(lines.get(0)).isEqualTo("line,prediction,probability");
        assertThat(lines.get(1)).startsWith("yes 1:2 # the first,yes,0.880797");
        assertThat(lines.get(2)).isEqualTo("? ,no,0.5");
        assertThat(lines.get(3)).startsWith("no 1:-30,no,9.3576");
    }

    /** In libsvm rows for regression, a number precedes the features. */
    @Test
    void predictsLibsvmNumbersInTheUnitOfTheTargets() throws IOException {
        Standardization columns = new Standardization(new double[] {10, 100}, new double[] {2, 20});
        LearnedData data =
                data(FileFormat.LIBSVM, TargetKind.NUMBERS, LINEAR, List.of(), List.of(), Optional.of(columns));
        String path = write("numbers.svm", "0 1:12", "7 1:10", "x 1:8");
        FilePredictions predictions =
                new FilePredictions(context, data, LINEAR, new double[] {1, 0}, Decision.MOST_PROBABLE);
        assertThatThrownBy(() -> predictions.write(
                        List.of(path), output(), FilePredictions.Format.PARQUET, OnBadRow.FAIL, note -> {}))
                .hasMessageStartingWith(path + ":3: Invalid label: x (must be a finite number)");
        String good = write("good.svm", "0 1:12", "7 1:10");
        predictions.write(List.of(good), output(), FilePredictions.Format.PARQUET, OnBadRow.FAIL, note -> {});
        List<Row> written = Sessions.of(context)
                .read()
                .parquet(output())
                .orderBy("prediction")
                .collectAsList();
        assertThat(written).containsExactly(RowFactory.create("7 1:10", 100.0), RowFactory.create("0 1:12", 120.0));
    }

    @Test
    void reportsBadRowsBeforeWritingAnything() throws IOException {
        String path = write("bad.csv", "x;note", "1;a", "one;b");
        assertThatThrownBy(() -> new FilePredictions(
                                context, logistic(), LOGISTIC, new double[] {1, 0}, Decision.MOST_PROBABLE)
                        .write(List.of(path), output(), FilePredictions.Format.CSV, OnBadRow.FAIL, note -> {}))
                .isInstanceOf(BadDataException.class)
                .hasMessage(
                        path + ":3: Invalid value in column x: one (must be a finite number)\n1 bad row in " + path
                                + " (use --on-bad-row skip to skip bad rows, or --on-bad-row null to write them without a prediction)");
        assertThat(Path.of(output())).doesNotExist();
    }

    private String predictAndRead(OnBadRow badRows, List<String> notes, String... paths) throws IOException {
        new FilePredictions(context, logistic(), LOGISTIC, new double[] {1e10, 0}, Decision.MOST_PROBABLE)
                .write(List.of(paths), output(), FilePredictions.Format.CSV, badRows, notes::add);
        return String.join("\n", writtenLines());
    }

    /** The features of the second row are too large for float32 computations. */
    @Test
    void row28RowsWithoutAPredictionAreRejectedOrWrittenAsNull() throws IOException {
        String path = write("gaps.csv", "id;x", "1;-1", "2;3e38", "3;", "4;1;5", "5;1");
        List<String> bad = List.of(
                path + ":3: the outputs of the network are not finite: the features are too large",
                path + ":4: Invalid value in column x: (empty) (must be a finite number)",
                path + ":5: 3 values, but the header has 2 columns");
        assertThatThrownBy(() -> predictAndRead(OnBadRow.FAIL, new ArrayList<>(), path))
                .isInstanceOf(BadDataException.class)
                .hasMessage(
                        String.join("\n", bad) + "\n3 bad rows in " + path
                                + "\nValues are missing in 1 row:\n  x: 1\nThe network cannot replace them: it was trained with data.missing = fail or skip"
                                + " (use --on-bad-row skip to skip bad rows, or --on-bad-row null to write them without a prediction)");
        assertThat(Path.of(output())).doesNotExist();
        List<String> notes = new ArrayList<>();
        assertThat(predictAndRead(OnBadRow.NULL, notes, path))
                .isEqualTo("id,x,prediction,probability\n1,-1,no,0.0\n2,3e38,,\n3,,,\n4,1,,\n5,1,yes,1.0");
        assertThat(notes)
                .containsExactly(
                        "Wrote without a prediction 3 bad rows:",
                        "  " + bad.get(0),
                        "  " + bad.get(1),
                        "  " + bad.get(2));
    }

    @Test
    void skipsBadRowsOnRequest() throws IOException {
        String path = write("gaps.csv", "id;x", "1;-1", "2;3e38", "3;", "4;1");
        List<String> notes = new ArrayList<>();
        assertThat(predictAndRead(OnBadRow.SKIP, notes, path, path))
                .isEqualTo("id,x,prediction,probability\n1,-1,no,0.0\n4,1,yes,1.0");
        assertThat(notes).contains(path + " is matched by several paths; it is read once", "Skipped 2 bad rows:");
    }

    @Test
    void keepsBlanksAndCaseOfTheInput() throws IOException {
        String path = write("blanks.csv", "x;a;A", "1; b ;\"c\"", "2;\" d\";e ");
        assertThat(predictAndRead(OnBadRow.FAIL, new ArrayList<>(), path))
                .isEqualTo("x,a,A,prediction,probability\n1, b ,c,yes,1.0\n2, d,e ,yes,1.0");
    }

    @Test
    void rejectsAnInvalidPath() {
        assertThatThrownBy(() -> new FilePredictions(
                                context, logistic(), LOGISTIC, new double[] {1, 0}, Decision.MOST_PROBABLE)
                        .exists("x:y"))
                .isInstanceOf(java.nio.file.InvalidPathException.class)
                .hasMessageContaining("Invalid path (must be a path, or a URI such as hdfs://host/path");
    }

    /** Spark can read neither times in nanoseconds nor 16-bit floats. */
    @Test
    void ignoresUnreadableColumnsWithANote() throws IOException {
        String path =
                Path.of("src/test/resources/data/nanos-and-float16.parquet").toString();
        LearnedData data =
                data(FileFormat.PARQUET, TargetKind.NUMBERS, LINEAR, List.of("i8"), List.of(), Optional.empty());
        List<String> notes = new ArrayList<>();
        new FilePredictions(context, data, LINEAR, new double[] {1, 0}, Decision.MOST_PROBABLE)
                .write(List.of(path), output(), FilePredictions.Format.PARQUET, OnBadRow.NULL, notes::add);
        List<String> columns =
                List.of(Sessions.of(context).read().parquet(output()).columns());
        assertThat(columns).contains("i8", "dec", "bool", "u64", "prediction");
        assertThat(notes.get(0))
                .startsWith("Ignoring columns that Spark cannot read: ")
                .contains("NANOS");
    }

    @Test
    void rejectsAnInputColumnNamedPrediction() throws IOException {
        String path = write("taken.csv", "x;prediction", "1;a");
        assertThatThrownBy(() -> new FilePredictions(
                                context, logistic(), LOGISTIC, new double[] {1, 0}, Decision.MOST_PROBABLE)
                        .write(List.of(path), output(), FilePredictions.Format.CSV, OnBadRow.FAIL, note -> {}))
                .hasMessageStartingWith("Column prediction has the name of a prediction column");
    }
}
