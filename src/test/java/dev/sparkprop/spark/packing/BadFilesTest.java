package dev.sparkprop.spark.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparkprop.data.TargetKind;
import dev.sparkprop.data.tables.BadRows;
import dev.sparkprop.data.tables.FileData;
import dev.sparkprop.data.tables.FileFormat;
import dev.sparkprop.spark.LocalSpark;
import dev.sparkprop.spark.files.BadDataException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that cannot be used for training. The error messages must contain enough to fix them. */
class BadFilesTest {
    private static JavaSparkContext context;
    private static final String SPLIT_BYTES = "spark.sql.files.maxPartitionBytes";

    private static SparkSession session;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        context = LocalSpark.context();
        session = SparkSession.builder().getOrCreate();
    }

    @AfterAll
    static void resetSplitSize() {
        session.conf().unset(SPLIT_BYTES);
    }

    /** Returns files with two features, optionally a weight column {@code w}, and a label with two classes. */
    private FileData files(FileFormat format, Path path, boolean weighted) {
        return new FileData(
                format,
                List.of(path.toString()),
                new FileData.Csv(true, ',', '"'),
                List.of(),
                List.of("label"),
                weighted ? Optional.of("w") : Optional.empty(),
                TargetKind.TWO_CLASSES,
                2,
                1,
                BadRows.FAIL,
                false);
    }

    private String problems(FileFormat format, Path path, boolean weighted) {
        try {
            FileExamples.survey(context, files(format, path, weighted));
        } catch (BadDataException e) {
            return e.getMessage().replace(directory + "/", "");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        throw new AssertionError("nothing was wrong with " + path);
    }

    private String problems(FileFormat format, String text) throws Exception {
        Path file = Files.writeString(directory.resolve("f"), text.replace("/", "\n"));
        return problems(format, file, text.contains(",w,"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '`',
            value = {
                "a,b,label/1,NaN,0/1,2,1 ! f:2: Invalid value in column b: NaN (must be a finite number; if it stands for a missing value, add it to data.null-values)",
                "a,b,label/1,2,0/Infinity,2,1 ! f:3: Invalid value in column a: Infinity (must be a finite number)",
                "a,b,label/1,2,0/-1e39,2,1 ! f:3: Invalid value in column a: -1e39 (must be a finite number)",
                "a,b,label/1,,0/1,2,1 ! f:2: Invalid value in column b: (empty) (must be a finite number)",
                "a,b,label/1,0x10,0/1,2,1 ! f:2: Invalid value in column b: 0x10 (must be a finite number)",
                "a,b,label/1,3f,0/1,2,1 ! f:2: Invalid value in column b: 3f (must be a finite number)",
                "a,b,label//1,2,0//1,two,1 ! f:5: Invalid value in column b: two (must be a finite number)",
                "a,b,label/1,2,/1,2,1 ! f:2: Invalid value in column label: (empty) (must be a label of at most 1000 characters)",
                "a,b,label/1,2/1,2,1 ! f:2: 2 values, but the header has 3 columns",
                "a,b,label/1,2,1,4/1,2,1 ! f:2: 4 values, but the header has 3 columns",
                "a,b,label/1;2;0/1,2,1 ! f:2: 1 value, but the header has 3 columns",
                "a,b,label/1,\"2,0/1,2,1 ! f:2: a quote is not closed on its line",
                "a,b,w,label/1,2,-1,0/1,2,1,1 ! f:2: Invalid value in column w: -1 (must be a finite number >= 0)",
                "a,b,w,label/1,2,0,0/1,2,0,1 ! f: all weights are 0",
                "a;b;label/1;2;0 ! f:1: only one column with data.separator = \",\"; the line is: a;b;label (did you mean"
                        + " data.separator = \";\"?)",
                "label ! f:1: only one column with data.separator = \",\"; the line is: label",
                "a,b,c/1,2,0 ! f: no column label (data.target; the columns are a, b, c)",
                "a,b,c,label/1,2,3,0 ! f: 3 features (a, b, c), but network.layers starts with 2",
                "a,b,b,label/1,2,3,0 ! f: two columns are named b (exclude them with data.exclude, or rename one)",
                "1,2,1/1,2,0 ! f: no column label (data.target; the columns are 1, 2, 1; if the file has no header, set"
                        + " data.header = false)",
                "a,b,label/1,2,0/3,4,0 ! f: Invalid label: 1 class (must be 2, for a single sigmoid output):/  0 in 2 rows, first at"
                        + " f:2",
                "a,b,label/1,2,no/3,4,yes/5,6,Yes ! f: Invalid label: 3 classes (must be 2, for a single sigmoid output):/  Yes in 1"
                        + " row, first at f:4/  no in 1 row, first at f:2/  yes in 1 row, first at f:3",
                "a,b,label ! No examples in f",
                "`` ! No examples in f",
            })
    void csvErrorsNameLineColumnAndValue(String text, String message) throws Exception {
        assertThat(problems(FileFormat.CSV, text == null ? "" : text)).startsWith(message.replace("/", "\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "0 1:2/1 3:1 ! f:2: Invalid index: 3 (must be from 1 to 2, because network.layers starts with 2)",
                "0 0:2/1 1:1 ! f:1: Invalid index: 0 (must be from 1 to 2, because network.layers starts with 2)",
                "0 2:2 1:1/1 1:1 ! f:1: Invalid index: 1 (must be greater than the preceding index 2)",
                "0 1:x/1 1:1 ! f:1: Invalid value 1: x (must be a finite number)",
                "0 1:nan/1 1:1 ! f:1: Invalid value 1: nan (must be a finite number)",
                "0 1,2/1 1:1 ! f:1: Invalid pair: 1,2 (must be INDEX:VALUE; pairs are separated by blanks)",
                "# nothing ! No examples in f",
            })
    void libsvmErrorsNameLineIndexAndValue(String text, String message) throws Exception {
        assertThat(problems(FileFormat.LIBSVM, text)).startsWith(message.replace("/", "\n"));
    }

    @Test
    void parquetErrorsNameRowColumnAndValue() throws Exception {
        StructType schema = new StructType()
                .add("a", DataTypes.DoubleType)
                .add("more", DataTypes.createArrayType(DataTypes.FloatType))
                .add("label", DataTypes.IntegerType);
        Path table = directory.resolve("t");
        List<Row> rows = List.of(
                RowFactory.create(1.0, new Float[] {1f}, 0),
                RowFactory.create(Double.NaN, new Float[] {1f}, 1),
                RowFactory.create(1.0, new Float[] {1f, 2f}, 1),
                RowFactory.create(1.0, new Float[] {null}, 1),
                RowFactory.create(1.0, null, 1),
                RowFactory.create(1.0, new Float[] {1f}, null));
        session.createDataFrame(rows, schema).coalesce(1).write().parquet(table.toString());
        assertThat(problems(FileFormat.PARQUET, table, false))
                .contains(
                        ".parquet, row 2: Invalid value in column a: NaN (must be a finite number; if it stands for a missing value, add it to data.null-values)\n",
                        ".parquet, row 3: Invalid value in column more: 2 numbers (must be 1)\n",
                        ".parquet, row 4: Invalid value in column more[0]: (empty) (must be a finite number)\n",
                        ".parquet, row 5: Invalid value in column more[0]: (empty) (must be a finite number)\n",
                        ".parquet, row 6: Invalid value in column label: null (must be a label)\n",
                        "5 bad rows in t\nValues are missing in 2 rows:\n  more[0]: 2\nSet data.missing = median to replace them, or data.missing = skip to skip these rows (set data.on-bad-row = skip to skip bad rows)");
        Path text = Files.writeString(directory.resolve("text"), "a,b,label\n1,2,3\n");
        assertThat(problems(FileFormat.PARQUET, text, false))
                .startsWith("Cannot read text: ")
                .contains("not a Parquet file");
        session.createDataFrame(
                        List.of(RowFactory.create("x", 1, 1)),
                        new StructType()
                                .add("a", DataTypes.StringType)
                                .add("b", DataTypes.IntegerType)
                                .add("label", DataTypes.IntegerType))
                .write()
                .parquet(directory.resolve("s").toString());
        assertThat(problems(FileFormat.PARQUET, directory.resolve("s"), false))
                .isEqualTo(
                        "s: Invalid column a: string (must be numbers, booleans, dates, arrays of numbers or vectors; its values are such as x: add it to data.categorical)\n"
                                + "(use data.exclude or data.features to select the feature columns)");
    }

    @Test
    void namesTheParquetFileWithDifferentColumns() throws Exception {
        FileData files = new FileData(
                FileFormat.PARQUET,
                List.of("src/test/resources/data/parquet-mixed"),
                new FileData.Csv(true, ',', '"'),
                List.of("sepal_length", "sepal_width"),
                List.of("species"),
                Optional.empty(),
                TargetKind.CLASSES,
                2,
                3,
                BadRows.SKIP,
                false);
        assertThatThrownBy(() -> FileExamples.survey(context, files))
                .isInstanceOf(BadDataException.class)
                .hasMessageMatching("Cannot read .*/parquet-mixed/b.parquet: Invalid column sepal_length: DOUBLE"
                        + " \\(must be int, as in the first file\\)");
    }

    @Test
    void doesNotReadUnusedParquetColumns() throws Exception {
        FileData files = new FileData(
                FileFormat.PARQUET,
                List.of("src/test/resources/data/nanos-and-float16.parquet"),
                new FileData.Csv(true, ',', '"'),
                List.of("dec", "bool", "u64"),
                List.of("i8"),
                Optional.empty(),
                TargetKind.NUMBERS,
                3,
                1,
                BadRows.FAIL,
                false);
        assertThat(FileExamples.survey(context, files).examples()).isPositive();
        assertThatThrownBy(() -> FileExamples.survey(context, files.withFeatures(List.of())))
                .isInstanceOf(BadDataException.class)
                .hasMessageContaining("NANOS")
                .hasMessageContaining("FLOAT16");
    }

    @Test
    void reportsTheFirstTenProblemsInOrderForAnySplits() throws Exception {
        String rows = IntStream.range(0, 1000)
                .mapToObj(n -> n % 20 == 19 ? "1,bad" + n + ",0" : "1,2," + n % 2)
                .collect(Collectors.joining("\n", "a,b,label\n", "\n"));
        Files.createDirectory(directory.resolve("d"));
        Files.writeString(directory.resolve("d/2.csv"), rows);
        Files.writeString(directory.resolve("d/1.csv"), "a,b,label\n1,2,0\n1,2,?!\n1,oops,0\n");
        String unsplit = problems(FileFormat.CSV, directory.resolve("d"), false);
        session.conf().set(SPLIT_BYTES, "500");
        String split = problems(FileFormat.CSV, directory.resolve("d"), false);
        session.conf().unset("spark.sql.files.maxPartitionBytes");
        assertThat(split).isEqualTo(unsplit);
        assertThat(unsplit.lines().toList())
                .hasSize(11)
                .startsWith(
                        "d/1.csv:4: Invalid value in column b: oops (must be a finite number)",
                        "d/2.csv:21: Invalid value in column b: bad19 (must be a finite number)",
                        "d/2.csv:41: Invalid value in column b: bad39 (must be a finite number)")
                .endsWith(
                        "51 bad rows in d; the first ones are listed above (set data.on-bad-row = skip to skip bad rows)");
    }

    @Test
    void reportsALongValueBriefly() throws Exception {
        Path file = directory.resolve("long.csv");
        Files.writeString(file, "a,b,label\n1,2,0\n1," + "9".repeat(10 << 20) + ",1\n");
        assertThat(problems(FileFormat.CSV, file, false))
                .startsWith("long.csv:3: Invalid value in column b: " + "9".repeat(40)
                        + "… (10485760 characters) (must be a finite number)\n1 bad row in long.csv");
    }

    @Test
    void fileNamesMayContainAnyCharacters() throws Exception {
        Path folder = Files.createDirectory(directory.resolve("50 %25 ü+"));
        Files.writeString(folder.resolve("a #1.csv"), "a,b,label\n1,2,0\n1,x,1\n");
        assertThat(problems(FileFormat.CSV, folder, false))
                .startsWith("50 %25 ü+/a #1.csv:3: Invalid value in column b: x (must be a finite number)\n");
    }

    @Test
    void reportsADifferentHeader() throws Exception {
        Files.createDirectory(directory.resolve("d"));
        Files.writeString(directory.resolve("d/1.csv"), "a,b,label\n1,2,0\n3,4,1\n");
        Files.writeString(directory.resolve("d/2.csv"), "b,a,label\n1,2,0\n");
        assertThat(problems(FileFormat.CSV, directory.resolve("d"), false))
                .startsWith("d/2.csv:1: Invalid header: b (must be a in column 1, as in d/1.csv)");
    }

    @Test
    void reportsMissingFilesAndEmptyDirectories() throws Exception {
        FileData files = files(FileFormat.CSV, directory.resolve("*.csv"), false);
        assertThatThrownBy(() -> FileExamples.survey(context, files))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(directory.resolve("*.csv") + ": file not found (data.path)");
        Files.createDirectory(directory.resolve("empty"));
        assertThat(problems(FileFormat.CSV, directory.resolve("empty"), false)).isEqualTo("No examples in empty");
        assertThat(problems(FileFormat.PARQUET, directory.resolve("empty"), false))
                .isEqualTo("No examples in empty");
    }
}
