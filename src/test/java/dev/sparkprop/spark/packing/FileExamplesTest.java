package dev.sparkprop.spark.packing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sparkprop.data.Part;
import dev.sparkprop.data.Shard;
import dev.sparkprop.data.Sharding;
import dev.sparkprop.data.TargetKind;
import dev.sparkprop.data.tables.BadRows;
import dev.sparkprop.data.tables.FileData;
import dev.sparkprop.data.tables.FileFormat;
import dev.sparkprop.spark.LocalSpark;
import dev.sparkprop.spark.dataset.DataChangedException;
import dev.sparkprop.spark.dataset.ShardedDataset;
import dev.sparkprop.spark.files.BadDataException;
import dev.sparkprop.spark.formats.FileFormats;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileExamplesTest {
    private static final int ROWS = 3_000;
    private static final String SPLIT_BYTES = "spark.sql.files.maxPartitionBytes";
    private static final FileData.Csv COMMAS = new FileData.Csv(true, ',', '"');

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
    static void resetSplitSize() {
        session.conf().unset(SPLIT_BYTES);
    }

    @BeforeEach
    void setDefaultSplitSize() {
        session.conf().set(SPLIT_BYTES, "134217728");
    }

    private record Example(double a, double b, double c, int label) {
        String csv() {
            return a + "," + b + "," + c + "," + label;
        }

        String libsvm() {
            String pairs = (a == 0 ? "" : " 1:" + a) + (b == 0 ? "" : " 2:" + b) + (c == 0 ? "" : " 3:" + c);
            return label + pairs;
        }
    }

    private static List<Example> examples() {
        Random random = new Random(1);
        return IntStream.range(0, ROWS)
                .mapToObj(n -> new Example(
                        random.nextInt(3), random.nextGaussian(), random.nextInt(1000) / 100.0, random.nextInt(3)))
                .toList();
    }

    private static FileData files(FileFormat format, Path path) {
        return new FileData(
                format,
                List.of(path.toString()),
                COMMAS,
                List.of(),
                List.of("label"),
                Optional.empty(),
                TargetKind.CLASSES,
                3,
                3,
                BadRows.FAIL,
                false);
    }

    /** Returns a file with one feature, a weight column {@code w} and a label with two classes. */
    private static FileData weighted(Path file) {
        return new FileData(
                FileFormat.CSV,
                List.of(file.toString()),
                COMMAS,
                List.of(),
                List.of("label"),
                Optional.of("w"),
                TargetKind.TWO_CLASSES,
                1,
                1,
                BadRows.FAIL,
                false);
    }

    private static FileData standardized(FileData files) {
        return new FileData(
                files.format(),
                files.paths(),
                files.csv(),
                files.features(),
                files.targets(),
                files.weight(),
                files.kind(),
                files.inputs().getAsInt(),
                files.outputs(),
                files.badRows(),
                true);
    }

    private static String fingerprint(FileData files, int partitions) throws Exception {
        FileExamples examples = FileExamples.survey(context, files);
        try (ShardedDataset dataset = examples.dataset(
                new Sharding(examples.examples(), 256),
                partitions == 0 ? OptionalInt.empty() : OptionalInt.of(partitions))) {
            assertThat(dataset.pack()).isEqualTo(dataset.sharding().examples());
            return dataset.fingerprint();
        }
    }

    private static ShardedDataset dataset(FileExamples examples) {
        return examples.dataset(new Sharding(examples.examples(), 16_384), OptionalInt.empty());
    }

    private static List<Shard> shards(FileData files) throws Exception {
        try (ShardedDataset dataset = dataset(FileExamples.survey(context, files))) {
            dataset.pack();
            return new ArrayList<>(dataset.shards().collect());
        }
    }

    private Path write(String name, String... lines) throws Exception {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, String.join("\n", lines) + "\n");
    }

    /** Writes rows to several files of different lengths, and returns their directory. */
    private Path writeParts(String name, int count, String header, List<String> rows) throws Exception {
        Path folder = directory.resolve(name);
        for (int f = 0; f < count; f++) {
            int from = (int) ((long) f * f * rows.size() / count / count);
            int until = (int) ((f + 1L) * (f + 1L) * rows.size() / count / count);
            List<String> part = new ArrayList<>(header.isEmpty() ? List.of() : List.of(header));
            part.addAll(rows.subList(from, until));
            write(name + String.format(Locale.ROOT, "/part-%02d", f), part.toArray(new String[0]));
        }
        return folder;
    }

    private Path writeParquet(String name, int count, boolean vectors) {
        List<Row> rows = examples().stream()
                .map(e -> vectors
                        ? RowFactory.create((float) e.a, Vectors.dense(e.b, e.c), String.valueOf(e.label))
                        : RowFactory.create((float) e.a, new Double[] {e.b, e.c}, String.valueOf(e.label)))
                .toList();
        StructType schema = new StructType()
                .add("first", DataTypes.FloatType)
                .add("rest", vectors ? SQLDataTypes.VectorType() : DataTypes.createArrayType(DataTypes.DoubleType))
                .add("label", DataTypes.StringType);
        Path path = directory.resolve(name);
        // small row groups, so that the files can be split
        session.createDataFrame(rows, schema)
                .coalesce(1)
                .repartitionByRange(count, org.apache.spark.sql.functions.monotonically_increasing_id())
                .write()
                .mode(SaveMode.Overwrite)
                .option("parquet.block.size", 4096)
                .parquet(path.toString());
        return path;
    }

    @Test
    void sameRowsGiveTheSameShardsInAnyFilesAndFormats() throws Exception {
        List<String> csv = examples().stream().map(Example::csv).toList();
        List<String> libsvm = examples().stream().map(Example::libsvm).toList();
        Path one = writeParts("csv-1", 1, "a,b,c,label", csv);
        Path seven = writeParts("csv-7", 7, "a,b,c,label", csv);
        String expected = fingerprint(files(FileFormat.CSV, one), 1);
        assertThat(expected).hasSize(64);
        assertThat(fingerprint(files(FileFormat.CSV, seven), 5)).isEqualTo(expected);
        assertThat(fingerprint(files(FileFormat.LIBSVM, writeParts("svm-1", 1, "", libsvm)), 3))
                .isEqualTo(expected);
        assertThat(fingerprint(files(FileFormat.PARQUET, writeParquet("parquet-1", 1, false)), 0))
                .isEqualTo(expected);
        String standard = fingerprint(standardized(files(FileFormat.CSV, one)), 2);
        assertThat(standard).isNotEqualTo(expected);

        session.conf().set(SPLIT_BYTES, String.valueOf(Files.size(one.resolve("part-00")) / 16 + 1));
        FileData split = files(FileFormat.CSV, one);
        assertThat(FileFormats.open(session, split).rows().getNumPartitions()).isGreaterThanOrEqualTo(16);
        assertThat(fingerprint(split, 64)).isEqualTo(expected);
        assertThat(fingerprint(files(FileFormat.CSV, seven), 2)).isEqualTo(expected);
        assertThat(fingerprint(files(FileFormat.LIBSVM, writeParts("svm-7", 7, "", libsvm)), 2))
                .isEqualTo(expected);
        assertThat(fingerprint(files(FileFormat.PARQUET, writeParquet("parquet-7", 7, true)), 4))
                .isEqualTo(expected);
        assertThat(fingerprint(standardized(files(FileFormat.CSV, seven)), 3)).isEqualTo(standard);
        assertThat(fingerprint(standardized(files(FileFormat.LIBSVM, directory.resolve("svm-7"))), 1))
                .isEqualTo(standard);
    }

    @Test
    void rowOrderChangesTheShards() throws Exception {
        Path one = write("one.csv", "a,b,c,label", "1,2,3,0", "4,5,6,1", "7,8,9,2");
        Path other = write("other.csv", "a,b,c,label", "4,5,6,1", "1,2,3,0", "7,8,9,2");
        assertThat(fingerprint(files(FileFormat.CSV, one), 1))
                .isNotEqualTo(fingerprint(files(FileFormat.CSV, other), 1));
    }

    @Test
    void packsEachRowWithItsClassAndWeight() throws Exception {
        FileData files = new FileData(
                FileFormat.CSV,
                List.of(write("w.csv", "name,b,w,kind,a", "x,2,0.5,dog,1", "y,4,2,ant,3", "z,6,1,cat,5")
                        .toString()),
                COMMAS,
                List.of("a", "b"),
                List.of("kind"),
                Optional.of("w"),
                TargetKind.CLASSES,
                2,
                3,
                BadRows.FAIL,
                false);
        FileExamples examples = FileExamples.survey(context, files);
        assertThat(examples.classes()).containsExactly("ant", "cat", "dog");
        assertThat(examples.features()).containsExactly("a", "b");
        Shard shard = shards(files).get(0);
        assertThat(lanes(shard.features(), 0, 4)).containsExactly(1, 3, 5, 0);
        assertThat(lanes(shard.features(), 1, 4)).containsExactly(2, 4, 6, 0);
        assertThat(lanes(shard.targets(), 0, 4)).containsExactly(0, 1, 0, 0);
        assertThat(lanes(shard.targets(), 1, 4)).containsExactly(0, 0, 1, 0);
        assertThat(lanes(shard.targets(), 2, 4)).containsExactly(1, 0, 0, 0);
        assertThat(shard.weights()).hasSize(256);
        assertThat(lanes(shard.weights(), 0, 4)).containsExactly(0.5f, 2, 1, 0);
    }

    private static float[] lanes(float[] values, int row, int count) {
        return Arrays.copyOfRange(values, row * 256, row * 256 + count);
    }

    @Test
    void omitsWeightsThatAreAllOne() throws Exception {
        Path file = write("w.csv", "a,w,label", "1,1,no", "2,1.0,yes");
        FileData files = weighted(file);
        Shard shard = shards(files).get(0);
        assertThat(shard.weights()).isEmpty();
        assertThat(lanes(shard.targets(), 0, 3)).containsExactly(0, 1, 0);
    }

    @Test
    void numericLabelsAreComparedAndSortedByValue() throws Exception {
        Path file = write("n.csv", "a,b,c,label", "1,1,1,10", "1,1,1,9.0", "1,1,1,-1", "1,1,1,9", "1,1,1,1e1");
        FileExamples examples = FileExamples.survey(context, files(FileFormat.CSV, file));
        assertThat(examples.classes()).containsExactly("-1", "9", "10");
        assertThat(examples.examples()).isEqualTo(5);
    }

    @Test
    void standardizesWithWeightedMeanAndDeviation() throws Exception {
        String[] values = {"1000000.25", "1000001.5", "1000003", "1000003"};
        Path file = write("s.csv", "a,b,w,label", values[0] + ",7,1,0", values[1] + ",7,1,1", values[2] + ",7,2,1");
        FileData files = new FileData(
                FileFormat.CSV,
                List.of(file.toString()),
                COMMAS,
                List.of(),
                List.of("label"),
                Optional.of("w"),
                TargetKind.TWO_CLASSES,
                2,
                1,
                BadRows.FAIL,
                true);
        double mean =
                Arrays.stream(values).mapToDouble(Double::parseDouble).average().orElseThrow();
        double deviation = Math.sqrt(Arrays.stream(values)
                .mapToDouble(v -> Math.pow(Double.parseDouble(v) - mean, 2))
                .average()
                .orElseThrow());
        FileExamples examples = FileExamples.survey(context, files);
        assertThat(examples.standardization().orElseThrow().mean()).containsExactly(mean, 7);
        assertThat(examples.standardization().orElseThrow().deviation()[0]).isCloseTo(deviation, within(1e-12));
        assertThat(examples.standardization().orElseThrow().deviation()[1]).isEqualTo(1);
        assertThat(examples.targetStandardization()).isEmpty();
        Shard shard = shards(files).get(0);
        assertThat(shard.features()[2]).isCloseTo((float) ((1000003 - mean) / deviation), within(1e-6f));
        assertThat(lanes(shard.features(), 1, 3)).containsExactly(0, 0, 0);
    }

    @Test
    void readsByteOrderMarksQuotesCarriageReturnsAndBlankLines() throws Exception {
        Path plain = write("plain.csv", "a,b,c,label", "1,2,3,x", "4,5,6,\"y,\"\"z\"", "7,8,9,w");
        Path unusual = directory.resolve("odd.csv");
        Files.writeString(unusual, "\uFEFFa,\"b\",c,label\r\n1, 2 ,\"3\",x\r\n\r\n4,5e0,+6.0,\"y,\"\"z\"\r\n7,8,9,w");
        assertThat(FileExamples.survey(context, files(FileFormat.CSV, unusual)).classes())
                .containsExactly("w", "x", "y,\"z");
        assertThat(fingerprint(files(FileFormat.CSV, unusual), 1))
                .isEqualTo(fingerprint(files(FileFormat.CSV, plain), 1));
    }

    @Test
    void skipsBadRowsIfConfigured() throws Exception {
        Path good = write("good.csv", "a,b,c,label", "1,2,3,0", "4,5,6,1", "7,8,9,2");
        Path bad = write("bad.csv", "a,b,c,label", "1,2,3,0", "1,x,3,1", "4,5,6,1", "1,2", "7,8,9,2", "NaN,1,1,1");
        FileData files = files(FileFormat.CSV, bad);
        FileData skipping = new FileData(
                files.format(),
                files.paths(),
                files.csv(),
                files.features(),
                files.targets(),
                files.weight(),
                files.kind(),
                files.inputs().getAsInt(),
                files.outputs(),
                BadRows.SKIP,
                false);
        FileExamples examples = FileExamples.survey(context, skipping);
        assertThat(examples.skipped()).isEqualTo(3);
        assertThat(examples.skippedRows())
                .hasSize(3)
                .first()
                .isEqualTo(bad + ":3: Invalid value in column b: x (must be a finite number)");
        assertThat(fingerprint(skipping, 1)).isEqualTo(fingerprint(files(FileFormat.CSV, good), 1));
    }

    @Test
    void learnsNothingFromHeldOutExamples() throws Exception {
        List<Example> all = examples();
        Part held = new Part(ROWS, 0.2, 5, true);
        List<String> training = new ArrayList<>();
        List<String> validation = new ArrayList<>();
        for (int n = 0; n < ROWS; n++) {
            (held.index(n) < 0 ? training : validation).add(all.get(n).csv());
        }
        Path allParts = writeParts(
                "all", 7, "a,b,c,label", all.stream().map(Example::csv).toList());
        FileData files = standardized(files(FileFormat.CSV, allParts));
        session.conf().set(SPLIT_BYTES, "10000");
        FileExamples learned = FileExamples.survey(context, files, 0.2, 5);
        FileExamples trainingOnly = FileExamples.survey(
                context, standardized(files(FileFormat.CSV, writeParts("training", 1, "a,b,c,label", training))));
        Path validationParts = writeParts("validation", 2, "a,b,c,label", validation);

        assertThat(learned.examples()).isEqualTo(training.size());
        assertThat(learned.heldOut().examples()).isEqualTo(validation.size());
        assertThat(learned.standardization()).usingRecursiveComparison().isEqualTo(trainingOnly.standardization());
        assertThat(fingerprint(learned)).isEqualTo(fingerprint(trainingOnly));
        assertThat(fingerprint(learned.heldOut()))
                .isEqualTo(fingerprint(trainingOnly.surveyOther(List.of(validationParts.toString()))))
                .isNotEqualTo(fingerprint(FileExamples.survey(context, files.at(List.of(validationParts.toString())))));
    }

    private static String fingerprint(FileExamples examples) {
        try (ShardedDataset dataset = dataset(examples)) {
            dataset.pack();
            return dataset.fingerprint();
        }
    }

    @Test
    void validationFilesUseTheTrainingClasses() throws Exception {
        Path learned = write("learned.csv", "a,b,c,label", "1,2,3,ant", "4,5,6,bee", "7,8,9,cow");
        Path same = write("same.csv", "label,c,b,a", "cow,9,8,7");
        Path other = write("other.csv", "a,b,c,label", "1,2,3,ant", "4,5,6,dog", "4,5,6,dog");
        FileExamples examples = FileExamples.survey(context, files(FileFormat.CSV, learned));
        try (ShardedDataset dataset = dataset(examples.surveyOther(List.of(same.toString())))) {
            dataset.pack();
            Shard shard = dataset.shards().first();
            assertThat(lanes(shard.features(), 0, 2)).containsExactly(7, 0);
            assertThat(lanes(shard.targets(), 2, 2)).containsExactly(1, 0);
        }
        assertThatThrownBy(() -> examples.surveyOther(List.of(other.toString())))
                .isInstanceOf(BadDataException.class)
                .hasMessage(other + ": Invalid label (must be one of the classes of the training examples: ant, bee,"
                        + " cow):\n  dog in 2 rows, first at " + other + ":3");
    }

    @Test
    void rejectsHeldOutExamplesOfWeightZero() throws Exception {
        Path file = write("held.csv", "a,w,label", "1,1,no", "2,1,yes", "3,1,no", "4,1,yes");
        int held = (int) new Part(4, 0.25, 1, true).example(0);
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.set(held + 1, lines.get(held + 1).replace(",1,", ",0,"));
        Files.write(file, lines);
        FileData files = weighted(file);
        assertThatThrownBy(() -> FileExamples.survey(context, files, 0.25, 1))
                .isInstanceOf(BadDataException.class)
                .hasMessage(file + ": the weights of all held-out examples are 0");
    }

    @Test
    void rejectsTrainingExamplesOfWeightZero() throws Exception {
        Path file = write("training.csv", "a,w,label", "1,0,no", "2,0,yes", "3,0,no", "4,0,yes");
        int held = (int) new Part(4, 0.25, 1, true).example(0);
        List<String> lines = new ArrayList<>(Files.readAllLines(file));
        lines.set(held + 1, lines.get(held + 1).replace(",0,", ",1,"));
        Files.write(file, lines);
        FileData files = weighted(file);
        assertThatThrownBy(() -> FileExamples.survey(context, files, 0.25, 1))
                .isInstanceOf(BadDataException.class)
                .hasMessage(file + ": the weights of all training examples are 0");
    }

    @Test
    void rejectsTooFewExamplesForHoldingOut() throws Exception {
        Path file = write("few.csv", "a,b,c,label", "1,2,3,0", "4,5,6,1", "7,8,9,2");
        assertThatThrownBy(() -> FileExamples.survey(context, files(FileFormat.CSV, file), 0.01, 1))
                .isInstanceOf(BadDataException.class)
                .hasMessage(file + ": 3 examples are too few to hold out a fraction of 0.01");
    }

    @Test
    void detectsAShortenedFileWhenPacking() throws Exception {
        Path file = write("c.csv", "a,b,c,label", "1,2,3,0", "4,5,6,1", "7,8,9,2");
        FileExamples examples = FileExamples.survey(context, files(FileFormat.CSV, file));
        write("c.csv", "a,b,c,label", "1,2,3,0", "4,5,6,1", "7,8,9,1");
        try (ShardedDataset dataset = dataset(examples)) {
            dataset.pack();
            String before = dataset.fingerprint();
            assertThat(before).hasSize(64);
        }
        write("c.csv", "a,b,c,label", "1,2,3,0", "4,5,6,1");
        try (ShardedDataset dataset = dataset(examples)) {
            assertThatThrownBy(dataset::pack)
                    .isInstanceOf(DataChangedException.class)
                    .hasMessageStartingWith("The data changed during the run: ");
        }
    }
}
