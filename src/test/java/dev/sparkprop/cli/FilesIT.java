package dev.sparkprop.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sparkprop.cli.Program.Outcome;
import dev.sparkprop.ml.TrainedNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.ml.linalg.Vectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Trains, evaluates and predicts on files of all formats. */
class FilesIT {
    private static final int ROWS = 2_000;
    private static final int SPLIT_BYTES = 1_500;
    private static final String HEADER = "a,b,kind\n";

    /** The rounding error of probabilities in float32. */
    private static final double ROUNDING = 1e-5;

    @WorkingDirectory
    private static Path directory;

    private static Runs runs;
    private static String expected;

    private record Example(double a, double b, String kind) {
        String csv() {
            return a + "," + b + "," + kind + "\n";
        }

        String libsvm() {
            return kind + " 1:" + a + (b == 0 ? "" : " 2:" + b) + "\n";
        }
    }

    private static List<Example> examples() {
        Random random = new Random(2);
        return IntStream.range(0, ROWS)
                .mapToObj(n -> {
                    double a = random.nextInt(1000) / 100.0;
                    double b = random.nextInt(5);
                    return new Example(a, b, a + random.nextGaussian() > 7 ? "far" : b > 2 ? "high" : "low");
                })
                .toList();
    }

    @BeforeAll
    static void trainOnOneFile() throws IOException {
        runs = new Runs(directory);
        runs.conf("network { layers = [2, 4, 3], output = softmax }\n"
                + "data { source = csv, path = one.csv, target = kind, shard-examples = 256, standardize = true }\n"
                + "optimizer { name = adam, learning-rate = 0.1 }\ntraining.iterations = 30\n");
        write("one.csv", csv(0, ROWS));
        expected = Runs.hash(train("model"));
    }

    private static void write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String csv(int from, int until) {
        StringBuilder text = new StringBuilder(HEADER);
        examples().subList(from, until).forEach(example -> text.append(example.csv()));
        return text.toString();
    }

    private static Outcome train(String output, String... more) {
        return runs.train(output, Runs.merge(more, "--master", "local[2]"));
    }

    private static Outcome sparkprop(String... arguments) {
        return Runs.sparkprop(directory, arguments);
    }

    private static Outcome assertSucceeds(String... arguments) {
        Outcome outcome = sparkprop(arguments);
        assertThat(outcome.exitCode()).as(outcome.output() + outcome.errors()).isZero();
        return outcome;
    }

    private static void assertFails(int exitCode, String message, String... arguments) {
        Outcome outcome = sparkprop(arguments);
        assertThat(outcome.exitCode()).as(outcome.output() + outcome.errors()).isEqualTo(exitCode);
        assertThat(outcome.errors()).contains(message).doesNotContain("\tat ", "Exception");
        assertThat(outcome.output()).isEmpty();
    }

    @Test
    void sameRowsInAnyFormatGiveTheSameBits() throws IOException {
        for (int f = 0; f < 7; f++) {
            write("seven/part-" + f + ".csv", csv(f * f * ROWS / 49, (f + 1) * (f + 1) * ROWS / 49));
        }
        StringBuilder lines = new StringBuilder();
        examples().forEach(example -> lines.append(example.libsvm()));
        write("one.svm", lines.toString());
        assertThat((long) lines.length()).isGreaterThan(16 * SPLIT_BYTES);
        writeParquet();
        assertThat(Runs.hash(train("seven-files", "--set", "data.path=seven", "--set", "data.partitions=5")))
                .isEqualTo(expected);
        String[] splits = Runs.spark("sql.files.maxPartitionBytes=" + SPLIT_BYTES);
        assertThat(Runs.hash(train(
                        "libsvm", Runs.merge(splits, "--set", "data.source=libsvm", "--set", "data.path=one.svm"))))
                .isEqualTo(expected);
        assertThat(Runs.hash(train("parquet", "--set", "data.source=parquet", "--set", "data.path=one.parquet")))
                .isEqualTo(expected);
    }

    private static void writeParquet() throws IOException {
        MessageType schema = MessageTypeParser.parseMessageType(
                "message example { required double a; required double b; required binary kind (STRING); }");
        SimpleGroupFactory groups = new SimpleGroupFactory(schema);
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(
                        new LocalOutputFile(directory.resolve("one.parquet")))
                .withType(schema)
                .build()) {
            for (Example example : examples()) {
                writer.write(groups.newGroup()
                        .append("a", example.a)
                        .append("b", example.b)
                        .append("kind", example.kind));
            }
        }
    }

    @Test
    void evaluateWritesThePrintedFiguresAsJson() throws IOException {
        Outcome evaluated = assertSucceeds("evaluate", "model", "one.csv", "--json", "figures.json");
        JsonNode json =
                new ObjectMapper().readTree(directory.resolve("figures.json").toFile());
        assertThat(json.at("/examples").asInt()).isEqualTo(ROWS);
        assertThat(evaluated.after("Examples")).isEqualTo("2,000");
        assertThat(evaluated.after("Cost")).isEqualTo(digits(json.at("/cost"), 8));
        assertThat(evaluated.after("Accuracy")).isEqualTo(digits(json.at("/accuracy"), 4));
        assertThat(evaluated.after("Balanced")).isEqualTo(digits(json.at("/balanced-accuracy"), 4));
        assertThat(evaluated.after("AUC")).isEqualTo(digits(json.at("/auc"), 4));
        assertThat(evaluated.after("PR AUC")).isEqualTo(digits(json.at("/pr-auc"), 4));
        assertThat(evaluated.after("Brier")).isEqualTo(digits(json.at("/brier"), 4));
        assertThat(json.at("/log-loss")).isEqualTo(json.at("/cost"));
        assertThat(json.at("/accuracy").asDouble()).isBetween(0.7, 0.999);
        double correct = 0;
        for (int c = 0; c < 3; c++) {
            JsonNode metrics = json.at("/classes/" + c);
            String row = String.join(
                    " ",
                    digits(metrics.get("precision"), 4),
                    digits(metrics.get("recall"), 4),
                    digits(metrics.get("f1"), 4),
                    digits(metrics.get("weight"), 0));
            assertThat(evaluated.after(metrics.get("class").asText()).replaceAll(" +", " "))
                    .isEqualTo(row);
            correct += json.at("/confusion/" + c + "/" + c).asDouble();
        }
        assertThat(json.at("/accuracy").asDouble()).isEqualTo(correct / ROWS);
        assertFails(66, "none.csv: file not found", "evaluate", "model", "none.csv");
        write("unknown.csv", HEADER + "1,2,low\n1,2,near\n1,x,low\n");
        assertFails(
                65,
                ":3: Invalid value in column kind: near (must be one of far, high, low",
                "evaluate",
                "model",
                "unknown.csv");
    }

    private static String digits(JsonNode number, int count) {
        return String.format(Locale.ROOT, "%." + count + "f", number.asDouble());
    }

    @Test
    void predictKeepsTheColumnsAndAddsPredictions() throws IOException {
        write("new.csv", "note,b,a\nfirst,4,0.5\n\"the, second\",1,9.5\n");
        assertThat(assertSucceeds("predict", "model", "new.csv", "--output", "said")
                        .output())
                .isEqualTo("Wrote predictions for 2 rows to said\n");
        List<String> lines = Files.readAllLines(onlyFile("said", ".csv"));
        assertThat(lines.get(0)).isEqualTo("note,b,a,prediction,probability_far,probability_high,probability_low");
        assertThat(lines.get(1)).startsWith("first,4,0.5,high,");
        assertThat(lines.get(2)).startsWith("\"the, second\",1,9.5,far,");
        assertThat(lines).hasSize(3);

        assertSucceeds("predict", "model", "new.csv", "--output", "said.parquet", "--format", "parquet");
        List<Group> rows = readParquet(onlyFile("said.parquet", ".parquet"));
        TrainedNetwork network = TrainedNetwork.load(directory.resolve("model").toString());
        double[][] features = {{0.5, 4}, {9.5, 1}};
        for (int row = 0; row < 2; row++) {
            Group predicted = rows.get(row);
            double[] probabilities =
                    network.predict(Vectors.dense(features[row])).toArray();
            String[] cells = lines.get(row + 1).split(",", -1);
            for (int c = 0; c < 3; c++) {
                double probability = predicted.getDouble(4 + c, 0);
                assertThat(probability).isCloseTo(probabilities[c], within(ROUNDING));
                assertThat(cells[cells.length - 3 + c]).isEqualTo(String.valueOf(probability));
            }
            assertThat(predicted.getString("prediction", 0)).isEqualTo(network.classify(Vectors.dense(features[row])));
        }
        assertThat(rows.get(1).getString("note", 0)).isEqualTo("the, second");
        assertThat(rows).hasSize(2);

        assertFails(73, "Output said exists", "predict", "model", "new.csv", "--output", "said");
        write("bad.csv", "a,b\n1,2\none,2\n");
        assertFails(
                65,
                ":3: Invalid value in column a: one (must be a finite number)",
                "predict",
                "model",
                "bad.csv",
                "--output",
                "bad");
        assertThat(directory.resolve("bad")).doesNotExist();
        assertFails(66, "none.csv: file not found", "predict", "model", "none.csv", "--output", "bad");
    }

    private static Path onlyFile(String output, String ending) throws IOException {
        try (var files = Files.list(directory.resolve(output))) {
            return files.filter(file -> file.getFileName().toString().matches("part-.*" + ending.replace(".", "\\.")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static List<Group> readParquet(Path file) throws IOException {
        List<Group> rows = new ArrayList<>();
        try (ParquetReader<Group> reader = ParquetReader.builder(
                        new GroupReadSupport(), new org.apache.hadoop.fs.Path(file.toString()))
                .withConf(new Configuration(false))
                .build()) {
            for (Group row = reader.read(); row != null; row = reader.read()) {
                rows.add(row);
            }
        }
        return rows;
    }
}
