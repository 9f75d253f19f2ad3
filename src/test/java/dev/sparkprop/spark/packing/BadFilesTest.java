package dev.sparkprop.spark.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparkprop.data.BadRows;
import dev.sparkprop.data.FileData;
import dev.sparkprop.data.FileFormat;
import dev.sparkprop.data.TargetKind;
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

/** Files that cannot be trained on, and what is said of them: enough to mend them. */
class BadFilesTest {
    private static JavaSparkContext context;
    private static SparkSession session;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        context = LocalSpark.context();
        session = SparkSession.builder().getOrCreate();
    }

    @AfterAll
    static void stop() {
        session.stop();
    }

    /** Two features, of weight w where there is such a column, and a label of two classes. */
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
                "a,b,label/1,NaN,0/1,2,1 ! f:2: Invalid b: NaN (must be a finite number)",
                "a,b,label/1,2,0/Infinity,2,1 ! f:3: Invalid a: Infinity (must be a finite number)",
                "a,b,label/1,2,0/-1e39,2,1 ! f:3: Invalid a: -1e39 (must be a finite number)",
                "a,b,label/1,,0/1,2,1 ! f:2: Invalid b: nothing (must be a finite number)",
                "a,b,label/1,0x10,0/1,2,1 ! f:2: Invalid b: 0x10 (must be a finite number)",
                "a,b,label/1,3f,0/1,2,1 ! f:2: Invalid b: 3f (must be a finite number)",
                "a,b,label//1,2,0//1,two,1 ! f:5: Invalid b: two (must be a finite number)",
                "a,b,label/1,2,/1,2,1 ! f:2: Invalid label: nothing (must be a label of at most 1000 characters)",
                "a,b,label/1,2/1,2,1 ! f:2: 2 values, where the header has 3 columns",
                "a,b,label/1,2,1,4/1,2,1 ! f:2: 4 values, where the header has 3 columns",
                "a,b,label/1;2;0/1,2,1 ! f:2: 1 value, where the header has 3 columns",
                "a,b,label/1,\"2,0/1,2,1 ! f:2: A quote is opened and not closed in the same line",
                "a,b,w,label/1,2,-1,0/1,2,1,1 ! f:2: Invalid w: -1 (must be a finite number >= 0)",
                "a,b,w,label/1,2,0,0/1,2,0,1 ! f: all weights are 0",
                "a;b;label/1;2;0 ! f:1: One column only, with data.separator = \",\"; the line is: a;b;label (is it"
                        + " data.separator = \";\"?)",
                "label ! f:1: One column only, with data.separator = \",\"; the line is: label",
                "a,b,c/1,2,0 ! f: No column label (data.target; there are a, b, c)",
                "a,b,c,label/1,2,3,0 ! f: 3 features (a, b, c), where network.layers begins with 2",
                "a,b,b,label/1,2,3,0 ! f: Two columns are called b (leave them out with data.exclude, or rename one)",
                "1,2,1/1,2,0 ! f: No column label (data.target; there are 1, 2, 1; if the file has no header:"
                        + " data.header = false)",
                "a,b,label/1,2,0/3,4,0 ! f: Invalid label: 1 class (must be 2, for one sigmoid output):/  0 in 2 rows, first at"
                        + " f:2",
                "a,b,label/1,2,no/3,4,yes/5,6,Yes ! f: Invalid label: 3 classes (must be 2, for one sigmoid output):/  Yes in 1"
                        + " rows, first at f:4/  no in 1 rows, first at f:2/  yes in 1 rows, first at f:3",
                "a,b,label ! No examples in f",
                "`` ! No examples in f",
            })
    void ofCsvAreToldWithLineColumnAndValue(String text, String message) throws Exception {
        assertThat(problems(FileFormat.CSV, text == null ? "" : text)).startsWith(message.replace("/", "\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "0 1:2/1 3:1 ! f:2: Invalid index: 3 (must be from 1 to 2, as network.layers begins with 2)",
                "0 0:2/1 1:1 ! f:1: Invalid index: 0 (must be from 1 to 2, as network.layers begins with 2)",
                "0 2:2 1:1/1 1:1 ! f:1: Invalid index: 1 (must be above 2, the one before it)",
                "0 1:x/1 1:1 ! f:1: Invalid value 1: x (must be a finite number)",
                "0 1:nan/1 1:1 ! f:1: Invalid value 1: nan (must be a finite number)",
                "0 1,2/1 1:1 ! f:1: Invalid pair: 1,2 (must be INDEX:VALUE, with blanks between pairs)",
                "# nothing ! No examples in f",
            })
    void ofLibsvmAreToldWithLineIndexAndValue(String text, String message) throws Exception {
        assertThat(problems(FileFormat.LIBSVM, text)).startsWith(message.replace("/", "\n"));
    }

    @Test
    void ofParquetAreToldWithRowColumnAndValue() throws Exception {
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
                        ".parquet, row 2: Invalid a: NaN (must be a finite number)\n",
                        ".parquet, row 3: Invalid more: 2 numbers (must be 1)\n",
                        ".parquet, row 4: Invalid more: null (must be a finite number)\n",
                        ".parquet, row 5: Invalid more: null (must be a finite number)\n",
                        ".parquet, row 6: Invalid label: null (must be a label)\n",
                        "5 bad rows in t (data.on-bad-row = skip leaves bad rows out)");
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
                .isEqualTo("s: Invalid column a: string (must be numbers, arrays of numbers or vectors)\n"
                        + "(data.exclude leaves columns out, data.features names those that are features)");
    }

    @Test
    void ofParquetFilesWhoseColumnsDifferTheOtherOneIsNamed() throws Exception {
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
    void ofParquetColumnsThatAreNotUsedAreNotRead() throws Exception {
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
    void theFirstTenOfManyAreToldInTheOrderOfFilesAndLinesWhateverTheSplits() throws Exception {
        String rows = IntStream.range(0, 1000)
                .mapToObj(n -> n % 20 == 19 ? "1,bad" + n + ",0" : "1,2," + n % 2)
                .collect(Collectors.joining("\n", "a,b,label\n", "\n"));
        Files.createDirectory(directory.resolve("d"));
        Files.writeString(directory.resolve("d/2.csv"), rows);
        Files.writeString(directory.resolve("d/1.csv"), "a,b,label\n1,2,0\n1,2,?!\n1,oops,0\n");
        String whole = problems(FileFormat.CSV, directory.resolve("d"), false);
        session.conf().set("spark.sql.files.maxPartitionBytes", "500");
        String split = problems(FileFormat.CSV, directory.resolve("d"), false);
        session.conf().unset("spark.sql.files.maxPartitionBytes");
        assertThat(split).isEqualTo(whole);
        assertThat(whole.lines().toList())
                .hasSize(11)
                .startsWith(
                        "d/1.csv:4: Invalid b: oops (must be a finite number)",
                        "d/2.csv:21: Invalid b: bad19 (must be a finite number)",
                        "d/2.csv:41: Invalid b: bad39 (must be a finite number)")
                .endsWith(
                        "51 bad rows in d, of which these are the first (data.on-bad-row = skip leaves bad rows out)");
    }

    @Test
    void aLineOfTenMegabytesIsToldInFewWords() throws Exception {
        Path file = directory.resolve("long.csv");
        Files.writeString(file, "a,b,label\n1,2,0\n1," + "9".repeat(10 << 20) + ",1\n");
        assertThat(problems(FileFormat.CSV, file, false))
                .startsWith("long.csv:3: Invalid b: " + "9".repeat(40)
                        + "… of 10485760 characters (must be a finite number)\n1 bad row in long.csv");
    }

    @Test
    void namesOfFilesMayHoldAnything() throws Exception {
        Path odd = Files.createDirectory(directory.resolve("50 %25 ü+"));
        Files.writeString(odd.resolve("a #1.csv"), "a,b,label\n1,2,0\n1,x,1\n");
        assertThat(problems(FileFormat.CSV, odd, false))
                .startsWith("50 %25 ü+/a #1.csv:3: Invalid b: x (must be a finite number)\n");
    }

    @Test
    void aFileWithAnotherHeaderIsTold() throws Exception {
        Files.createDirectory(directory.resolve("d"));
        Files.writeString(directory.resolve("d/1.csv"), "a,b,label\n1,2,0\n3,4,1\n");
        Files.writeString(directory.resolve("d/2.csv"), "b,a,label\n1,2,0\n");
        assertThat(problems(FileFormat.CSV, directory.resolve("d"), false))
                .startsWith("d/2.csv:1: Invalid header: b (must be a in column 1, as in d/1.csv)");
    }

    @Test
    void whatIsNotThereIsMissing() throws Exception {
        FileData files = files(FileFormat.CSV, directory.resolve("*.csv"), false);
        assertThatThrownBy(() -> FileExamples.survey(context, files))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(directory.resolve("*.csv") + ": no such file (data.path)");
        Files.createDirectory(directory.resolve("empty"));
        assertThat(problems(FileFormat.CSV, directory.resolve("empty"), false)).isEqualTo("No examples in empty");
        assertThat(problems(FileFormat.PARQUET, directory.resolve("empty"), false))
                .isEqualTo("No examples in empty");
    }
}
