package dev.sparkprop.spark.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparkprop.data.Sharding;
import dev.sparkprop.data.tables.BadRows;
import dev.sparkprop.data.tables.FileData;
import dev.sparkprop.data.tables.FileFormat;
import dev.sparkprop.spark.LocalSpark;
import dev.sparkprop.spark.TableFiles;
import dev.sparkprop.spark.dataset.ShardedDataset;
import dev.sparkprop.spark.files.BadDataException;
import dev.sparkprop.spark.files.Sessions;
import dev.sparkprop.spark.packing.FileExamples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests how the bytes of files become rows, and that no row is lost silently. */
class TextFilesTest {
    private static final String TWO_ROWS = "a,b,label\n1,2,0\n3,4,1\n";

    private static JavaSparkContext context;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        context = LocalSpark.context();
    }

    private Path write(String name, String text) throws IOException {
        return write(name, text, StandardCharsets.UTF_8);
    }

    private Path write(String name, String text, Charset charset) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text, charset);
    }

    private FileExamples survey(FileData files) throws IOException {
        return FileExamples.survey(context, files);
    }

    private String problems(FileData files) throws IOException {
        try {
            survey(files);
        } catch (BadDataException e) {
            return e.getMessage().replace(directory + "/", "");
        }
        throw new AssertionError("nothing was wrong with " + files.paths());
    }

    @Test
    void invalidBytesMakeABadRow() throws IOException {
        Path file = write("latin.csv", "a,b,label\n1,2,Caf\u00e9\n3,4,Caf\u00e8\n", StandardCharsets.ISO_8859_1);
        assertThat(problems(TableFiles.csv(2, file)))
                .isEqualTo("latin.csv:2: the line is not valid UTF-8 (set data.charset to the charset of the files)\n"
                        + "latin.csv:3: the line is not valid UTF-8 (set data.charset to the charset of the files)\n"
                        + "2 bad rows in latin.csv (set data.on-bad-row = skip to skip bad rows)");
        FileData latin = TableFiles.files(FileFormat.CSV, TableFiles.charset("latin1"), 2, file);
        assertThat(survey(latin).classes()).containsExactly("Caf\u00e8", "Caf\u00e9");
        Path svm = write("latin.svm", "Caf\u00e9 1:2\nCaf\u00e8 2:3\n", StandardCharsets.ISO_8859_1);
        assertThat(problems(TableFiles.files(FileFormat.LIBSVM, TableFiles.COMMAS, 2, svm)))
                .startsWith("latin.svm:1: the line is not valid UTF-8");
        assertThat(survey(TableFiles.files(FileFormat.LIBSVM, TableFiles.charset("latin1"), 2, svm))
                        .classes())
                .containsExactly("Caf\u00e8", "Caf\u00e9");
    }

    @Test
    void rejectsAHeaderWithInvalidBytes() throws IOException {
        Path file = write("header.csv", "a,\u00e9,label\n1,2,0\n3,4,1\n", StandardCharsets.ISO_8859_1);
        assertThat(problems(TableFiles.csv(2, file))).startsWith("header.csv:1: the line is not valid UTF-8");
    }

    @Test
    void labelsKeepAllDigitsAndLeadingZeros() throws IOException {
        Path ids = write("ids.csv", "a,b,label\n1,2,1234567890123456785\n3,4,1234567890123456786\n");
        assertThat(survey(TableFiles.csv(2, ids)).classes())
                .containsExactly("1234567890123456785", "1234567890123456786");
        Path zips = write("zips.csv", "a,b,label\n1,2,00501\n3,4,501\n");
        assertThat(survey(TableFiles.csv(2, zips)).classes()).containsExactly("00501", "501");
    }

    @Test
    void readsEachFileOnceIfItMatchesSeveralPaths() throws IOException {
        Path a = write("d/a.csv", TWO_ROWS);
        Path b = write("d/b.csv", TWO_ROWS);
        Path d = directory.resolve("d");
        FileExamples twice = survey(TableFiles.csv(2, a, a));
        assertThat(twice.examples()).isEqualTo(2);
        assertThat(twice.notes()).containsExactly(a + " is matched by several paths; it is read once");
        FileExamples inDirectory = survey(TableFiles.csv(2, d, a, d.resolve("./b.csv")));
        assertThat(inDirectory.examples()).isEqualTo(4);
        assertThat(inDirectory.notes())
                .containsExactly("2 files such as " + a + " are matched by several paths; each is read once");
        FileExamples patterns = survey(TableFiles.csv(2, directory.resolve("*/[ab].csv"), directory.resolve("d/b*")));
        assertThat(patterns.examples()).isEqualTo(4);
        assertThat(patterns.notes()).containsExactly(b + " is matched by several paths; it is read once");
        assertThat(survey(TableFiles.csv(2, d)).notes()).isEmpty();
        assertThat(survey(TableFiles.csv(2, a))
                        .surveyOther(List.of(b.toString(), d.toString()))
                        .notes())
                .containsExactly(b + " is matched by several paths; it is read once");
    }

    @ParameterizedTest
    @ValueSource(strings = {"_iris.csv", ".x.csv", "iris[1].csv", "a:b.csv", "{x}.csv", "a b+%20.csv"})
    void readsFilesWithUnusualNames(String name) throws IOException {
        Path file = write("named/" + name, TWO_ROWS);
        assertThat(survey(TableFiles.csv(2, file)).examples()).isEqualTo(2);
        write("named/other.csv", "a,b,label\n1,x,0\n");
        assertThat(problems(TableFiles.csv(2, file, directory.resolve("named/other.csv"))))
                .startsWith("named/other.csv:2: Invalid value in column b: x");
    }

    @Test
    void ignoresHiddenFilesInADirectory() throws IOException {
        write("d/a.csv", TWO_ROWS);
        write("d/_SUCCESS", "nothing");
        write("d/.a.csv.crc", "nothing");
        assertThat(survey(TableFiles.csv(2, directory.resolve("d"))).examples()).isEqualTo(2);
        assertThat(survey(TableFiles.csv(2, directory.resolve("d/*"))).examples())
                .isEqualTo(2);
        assertThat(survey(TableFiles.csv(2, directory.resolve("d/{a*,_*}"))).examples())
                .isEqualTo(2);
    }

    @Test
    void rejectsADirectoryOfDirectoriesWithAHint() throws IOException {
        write("d/x/a.csv", TWO_ROWS);
        write("d/y/a.csv", TWO_ROWS);
        Path d = directory.resolve("d");
        assertThatThrownBy(() -> survey(TableFiles.csv(2, d)))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(d + ": contains only directories (use " + d + "/* for the files in them)");
        assertThat(survey(TableFiles.csv(2, d.resolve("*"))).examples()).isEqualTo(4);
    }

    /** Spark writes tables in such directories. */
    @Test
    void readsPartitionDirectories() throws IOException {
        write("d/year=2025/a.csv", TWO_ROWS);
        write("d/year=2026/m=1/a.csv", TWO_ROWS);
        Path d = directory.resolve("d");
        assertThat(survey(TableFiles.csv(2, d)).examples()).isEqualTo(4);
        FileExamples twice = survey(TableFiles.csv(2, d, d.resolve("year=2026"), d.resolve("year=2025/a.csv")));
        assertThat(twice.examples()).isEqualTo(4);
        assertThat(twice.notes()).hasSize(1);
    }

    @Test
    void reportsDamagedFilesAndNeverSkipsThem() throws IOException {
        Path plain = write("plain.csv.gz", TWO_ROWS);
        assertThat(problems(TableFiles.csv(2, plain)))
                .startsWith("plain.csv.gz:1: the compressed file is damaged from here: ");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write("a,b,label\n".getBytes(StandardCharsets.UTF_8));
            for (int i = 0; i < 50_000; i++) {
                out.write((i * 7919L % 10_007 + "," + i + "," + i % 2 + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        Path complete = Files.write(directory.resolve("whole.csv.gz"), bytes.toByteArray());
        assertThat(survey(TableFiles.csv(2, complete)).examples()).isEqualTo(50_000);
        Path truncated =
                Files.write(directory.resolve("half.csv.gz"), Arrays.copyOf(bytes.toByteArray(), bytes.size() / 2));
        assertThat(problems(TableFiles.csv(2, truncated).withBadRows(BadRows.SKIP)))
                .matches("half\\.csv\\.gz:\\d{3,}: the compressed file is damaged from here: .*");
    }

    @Test
    void tooLongLineIsABadRow() throws IOException {
        Path file = directory.resolve("long.csv");
        try (var out = Files.newBufferedWriter(file)) {
            out.write("a,b,label\n1,2,0\n1,");
            String digits = "9".repeat(1 << 20);
            for (int i = 0; i < 64; i++) {
                out.write(digits);
            }
            out.write(",1\n3,4,1\n");
        }
        assertThat(problems(TableFiles.csv(2, file)))
                .startsWith("long.csv:3: the line is longer than 64 MiB\n1 bad row");
        FileExamples skipping = survey(TableFiles.csv(2, file).withBadRows(BadRows.SKIP));
        assertThat(skipping.examples()).isEqualTo(2);
        assertThat(skipping.skipped()).isEqualTo(1);
    }

    @Test
    void rejectsATooLongFirstLine() throws IOException {
        Path file = directory.resolve("sparse.csv");
        try (var out = new RandomAccessFile(file.toFile(), "rw")) {
            out.setLength(200L << 20);
        }
        assertThat(problems(TableFiles.csv(2, file))).isEqualTo("sparse.csv:1: the line is longer than 64 MiB");
    }

    @Test
    void readsEachLineOnceForAnySplits() throws IOException {
        StringBuilder text = new StringBuilder("a,b,label\r\n");
        for (int i = 0; i < 150; i++) {
            text.append(i)
                    .append(',')
                    .append("1".repeat(i % 50 + 1))
                    .append(',')
                    .append(i % 2);
            text.append(i % 3 == 0 ? "\r\n" : "\n");
        }
        Path file = write("splits.csv", text.toString());
        var session = Sessions.of(context);
        for (int bytes : new int[] {13, 64, 1000}) {
            session.conf().set("spark.sql.files.maxPartitionBytes", String.valueOf(bytes));
            try {
                assertThat(FileFormats.open(session, TableFiles.csv(2, file))
                                .rows()
                                .map(row -> row.getString(0))
                                .collect())
                        .isEqualTo(text.toString().lines().toList());
            } finally {
                session.conf().unset("spark.sql.files.maxPartitionBytes");
            }
        }
    }

    @Test
    void readsLineBreaksInValuesIfConfigured() throws IOException {
        String text = "a,b,comment,label\n1,2,\"two\nlines, \"\"x\"\"\n\",0\r\n2,x,plain,1\n3,1,\"x, y\",1\n";
        Path file = write("breaks.csv", text);
        assertThat(problems(TableFiles.excluding(TableFiles.csv(2, file), "comment")))
                .startsWith("breaks.csv:2: a quote is not closed on its line (set data.multi-line = true"
                        + " if values contain line breaks)");
        FileData files =
                TableFiles.excluding(TableFiles.files(FileFormat.CSV, TableFiles.multiLine(), 2, file), "comment");
        // the reported position is the line, not the row
        assertThat(problems(files))
                .startsWith("breaks.csv:5: Invalid value in column b: x (must be a finite number)\n1 bad row");
        assertThat(survey(files.withBadRows(BadRows.SKIP)).examples()).isEqualTo(2);
        Path unclosed = write("open.csv", "a,b,comment,label\n1,2,x,0\n3,4,\"x,1\n5,6,x,1\n");
        assertThat(problems(TableFiles.excluding(
                                TableFiles.files(FileFormat.CSV, TableFiles.multiLine(), 2, unclosed), "comment")
                        .withBadRows(BadRows.SKIP)))
                .isEqualTo("open.csv:3: a quote is not closed before the end of the file");
    }

    @Test
    void readsEscapedQuotes() throws IOException {
        Path file = write(
                "escaped.csv",
                "a,b,label\n1,2,\"say \\\"hi\\\"\"\n2,1,\"a \\\"quoted, comma\\\" inside\"\n3,4,\"ends \\\\\"\n");
        assertThat(problems(TableFiles.csv(2, file)))
                .startsWith("escaped.csv:3: 4 values, but the header has 3 columns (if quotes inside values are"
                        + " escaped, set data.escape = \"\\\\\")");
        assertThat(problems(TableFiles.files(FileFormat.CSV, TableFiles.escape('\\'), 2, file)))
                .contains("  a \"quoted, comma\" inside in 1 row,", "  ends \\ in 1 row,", "  say \"hi\" in 1 row,");
    }

    /** Boolean columns of Parquet files are read in the same way. */
    @Test
    void readsBooleansAsNumbersInAnyCase() throws IOException {
        Path words = write("words.csv", "a,b,label\nTrue,false,no\nFALSE,\"true\",yes\n");
        Path numbers = write("numbers.csv", "a,b,label\n1,0,no\n0,1,yes\n");
        assertThat(fingerprint(survey(TableFiles.csv(2, words))))
                .isEqualTo(fingerprint(survey(TableFiles.csv(2, numbers))));
        Path labels = write("labels.csv", "a,b,label\n1,2,true\n3,4,1\n");
        assertThat(survey(TableFiles.csv(2, labels)).classes()).containsExactly("1", "true");
    }

    private static String fingerprint(FileExamples examples) {
        var sharding =
                Sharding.of(examples.examples(), examples.bytesPerExample(), OptionalInt.of(256), OptionalInt.empty());
        try (ShardedDataset dataset = examples.dataset(sharding, OptionalInt.empty())) {
            dataset.pack();
            return dataset.fingerprint();
        }
    }

    @Test
    void unusedColumnsMayHaveTheSameName() throws IOException {
        Path file = write("dup.csv", "phone,age,phone,label\n1,2,x,0\n2,3,y,1\n");
        assertThat(survey(TableFiles.excluding(TableFiles.csv(1, file), "phone"))
                        .features())
                .containsExactly("age");
        assertThat(survey(TableFiles.csv(1, file).withFeatures(List.of("age"))).features())
                .containsExactly("age");
        assertThat(problems(TableFiles.csv(3, file))).startsWith("dup.csv: two columns are named phone");
        assertThat(problems(TableFiles.excluding(TableFiles.csv(1, file), "fone")))
                .isEqualTo("dup.csv: no column fone (data.exclude; the columns are phone, age, phone, label)");
    }

    @Test
    void reportsAllNonNumericColumnsAtOnce() throws IOException {
        Path file = write(
                "people.csv",
                "age,name,sex,first class,fare,label\n1,\"Braund, Owen\",male,,2,0\n2,Heikkinen,female,x,,1\n,A,f,y,3,1\n");
        assertThat(problems(TableFiles.csv(5, file)))
                .isEqualTo("people.csv: 3 feature columns never contain a number:\n"
                        + "  name, such as A, Braund, Owen, Heikkinen\n  sex, such as f, female, male\n  first class, such as x, y\n"
                        + "(set data.categorical = [name, sex, \"first class\"] to encode them as categories, or exclude them with"
                        + " data.exclude = [name, sex, \"first class\"]; let network.layers start with auto)");
    }

    @Test
    void reportsADecimalComma() throws IOException {
        Path file = write("comma.csv", "a;b;label\n1,5;2,5;0\n");
        FileData files = TableFiles.files(FileFormat.CSV, new FileData.Csv(true, ';', '"'), 2, file);
        write("comma.csv", "a;b;label\n1,5;2,5;0\n1.5;2.5;1\n");
        assertThat(problems(files))
                .startsWith(
                        "comma.csv:2: Invalid value in column a: 1,5 (must be a finite number with a decimal point, not a comma)");
    }

    @Test
    void hashInALibsvmLabelIsNoComment() throws IOException {
        Path file = write("languages.svm", "c# 1:2 # a comment\nc 1:3\n# nothing\n#\n");
        assertThat(survey(TableFiles.files(FileFormat.LIBSVM, TableFiles.COMMAS, 2, file))
                        .classes())
                .containsExactly("c", "c#");
    }

    @Test
    void reportsUnavailableFileSystems() {
        assertThatThrownBy(() -> FileExamples.survey(context, TableFiles.csv(2).at(List.of("s3a://bucket/x.csv"))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("this Spark has no file system for s3a://")
                .hasMessageContaining("org.apache.hadoop:hadoop-aws:");
        assertThatThrownBy(() -> FileExamples.survey(context, TableFiles.csv(2).at(List.of("hdfs://nn.invalid/x.csv"))))
                .isInstanceOf(IOException.class)
                .hasMessage("Cannot open hdfs://nn.invalid/x.csv: unknown host nn.invalid");
        assertThatThrownBy(() -> FileExamples.survey(context, TableFiles.csv(2).at(List.of("a:b.csv"))))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("put ./ before a name with a colon");
    }
}
