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
import dev.sparkprop.metrics.Confusion;
import dev.sparkprop.metrics.Evaluation;
import dev.sparkprop.metrics.NumberErrors;
import dev.sparkprop.metrics.Ranking;
import dev.sparkprop.network.Loss;
import dev.sparkprop.network.Output;
import dev.sparkprop.network.Topology;
import dev.sparkprop.spark.LocalSpark;
import dev.sparkprop.spark.files.BadDataException;
import dev.sparkprop.spark.files.Sessions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evaluates networks with one weight, whose metrics can be calculated by hand. */
class FileEvaluationTest {
    /** Rounding error of float32 arithmetic. */
    private static final double ROUNDING = 1e-6;

    private static JavaSparkContext context;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        context = LocalSpark.context();
    }

    private static LearnedData data(
            TargetKind kind, int outputs, List<String> classes, Optional<Standardization> standardization) {
        FileData files = new FileData(
                FileFormat.CSV,
                List.of(),
                new FileData.Csv(true, ',', '"'),
                List.of("x"),
                List.of("label"),
                Optional.of("w"),
                kind,
                1,
                outputs,
                BadRows.FAIL,
                standardization.isPresent());
        return new LearnedData(files, Encodings.plain(List.of("x")), classes, standardization);
    }

    private String write(String name, String... lines) throws IOException {
        return Files.write(directory.resolve(name), List.of(lines)).toString();
    }

    /** Evaluates a network whose pre-activation z is the feature itself. */
    private static Evaluation evaluateTwoClasses(String... paths) throws IOException {
        return evaluateTwoClasses(Decision.MOST_PROBABLE, paths);
    }

    private static Evaluation evaluateTwoClasses(Decision decision, String... paths) throws IOException {
        Topology logistic = new Topology(List.of(1, 1), Activation.LINEAR, Output.SIGMOID, Loss.BINARY_CROSS_ENTROPY);
        LearnedData data = data(TargetKind.TWO_CLASSES, 1, List.of("no", "yes"), Optional.empty());
        return FileEvaluation.evaluate(
                context, data, List.of(paths), logistic, new double[] {1, 0}, decision, note -> {});
    }

    @Test
    void countsTwoClassesByWeight() throws IOException {
        String path = write("two.csv", "x,label,w", "2,yes,1", "-1,yes,2", "1,no,1", "-3,no,1", "40,yes,0");
        Evaluation evaluation = evaluateTwoClasses(path);
        assertThat(evaluation.examples()).isEqualTo(5);
        assertThat(evaluation.weight()).isEqualTo(5);
        double cost = (Math.log1p(Math.exp(-2))
                        + 2 * Math.log1p(Math.exp(1))
                        + Math.log1p(Math.exp(1))
                        + Math.log1p(Math.exp(-3)))
                / 5;
        assertThat(evaluation.cost()).isCloseTo(cost, within(ROUNDING));
        assertThat(evaluation.accuracy()).isEqualTo(2.0 / 5);
        Confusion confusion = evaluation.confusion().orElseThrow();
        assertThat(confusion.weight(1, 1)).isEqualTo(1);
        assertThat(confusion.weight(1, 0)).isEqualTo(2);
        assertThat(confusion.weight(0, 1)).isEqualTo(1);
        assertThat(confusion.weight(0, 0)).isEqualTo(1);
        // of 3 × 2 pairs, 2 > 1 and 2 > −3 have weight 1, and −1 > −3 has weight 2
        assertThat(evaluation.ranking().map(Ranking::rocArea))
                .hasValueSatisfying(area -> assertThat(area).isCloseTo(4.0 / 6, within(1e-12)));
    }

    @Test
    void rareClassesHaveMetricsAndAThreshold() throws IOException {
        String path = write("two.csv", "x,label,w", "2,yes,1", "-1,yes,2", "1,no,1", "-3,no,1", "40,yes,0");
        Evaluation evaluation = evaluateTwoClasses(path);
        assertThat(evaluation.confusion().orElseThrow().balancedAccuracy())
                .isCloseTo((1.0 / 3 + 1.0 / 2) / 2, within(ROUNDING));
        Ranking ranking = evaluation.ranking().orElseThrow();
        // the precision is 1 at a recall of 1/3, and 3/4 at a recall of 1
        assertThat(ranking.precisionRecallArea()).isCloseTo(1.0 / 3 + 2.0 / 3 * 3 / 4, within(ROUNDING));
        assertThat(ranking.best().orElseThrow().f1()).isCloseTo(2.0 * 3 / (4 + 3), within(ROUNDING));
        double[] p = {sigmoid(2), sigmoid(-1), sigmoid(1), sigmoid(-3)};
        double brier = Math.pow(1 - p[0], 2) + 2 * Math.pow(1 - p[1], 2) + p[2] * p[2] + p[3] * p[3];
        assertThat(evaluation.brier().orElseThrow()).isCloseTo(brier / 5, within(ROUNDING));
        assertThat(evaluation.threshold()).isEmpty();
        Evaluation best = evaluateTwoClasses(Decision.BEST_F1, path);
        assertThat(best.threshold().orElseThrow()).isEqualTo(sigmoid(-1));
        assertThat(best.confusion().orElseThrow().f1(1))
                .isEqualTo(ranking.best().orElseThrow().f1());
        Evaluation again = evaluateTwoClasses(Decision.at(best.threshold().orElseThrow()), path);
        assertThat(metrics(again)).isEqualTo(metrics(best));
        assertThat(again.cost()).isEqualTo(evaluation.cost());
    }

    @Test
    void noThresholdIsBestForASingleClass() throws IOException {
        String path = write("one.csv", "x,label,w", "2,yes,1", "1,yes,1");
        assertThat(evaluateTwoClasses(path).ranking().map(Ranking::rocArea)).contains(Double.NaN);
        assertThatThrownBy(() -> evaluateTwoClasses(Decision.BEST_F1, path))
                .hasMessage(path + ": all examples are of one class, so no threshold is best");
    }

    private static double sigmoid(double z) {
        return 1 / (1 + Math.exp(-z));
    }

    /** The sigmoids of 20 and 30 are both 1 in float32. */
    @Test
    void areaDistinguishesSaturatedScores() throws IOException {
        String path = write("saturated.csv", "x,label,w", "30,yes,1", "20,no,1");
        assertThat(evaluateTwoClasses(path).ranking().map(Ranking::rocArea)).contains(1.0);
    }

    @Test
    void areaCoversSeveralFilesAndTiles() throws IOException {
        String[] paths = new String[3];
        for (int file = 0; file < paths.length; file++) {
            String[] lines = new String[401];
            lines[0] = "x,label,w";
            for (int i = 0; i < 400; i++) {
                // each score occurs once in each class
                lines[i + 1] = (i / 2) + "," + (i % 2 == 0 ? "yes" : "no") + ",1";
            }
            paths[file] = write("part-" + file + ".csv", lines);
        }
        Evaluation evaluation = evaluateTwoClasses(paths);
        assertThat(evaluation.examples()).isEqualTo(1200);
        assertThat(evaluation.ranking().map(Ranking::rocArea)).contains(0.5);
    }

    @Test
    void fractionalWeightsGiveTheSameBitsInAnyPartitions() throws IOException {
        Random random = new Random(3);
        String[] lines = new String[2_001];
        lines[0] = "x,label,w";
        for (int i = 1; i < lines.length; i++) {
            double x = random.nextInt(400) / 100.0 - 2;
            // some rows have weight 1, and some scores occur in both classes
            lines[i] =
                    x + "," + (random.nextGaussian() < x ? "yes" : "no") + "," + (i % 5 == 0 ? 1 : random.nextDouble());
        }
        Path path = Path.of(write("fractions.csv", lines));
        String expected = metrics(evaluateTwoClasses(path.toString()));
        SparkSession session = Sessions.of(context);
        session.conf().set("spark.sql.files.maxPartitionBytes", String.valueOf(Files.size(path) / 7 + 1));
        try {
            assertThat(session.read().text(path.toString()).toJavaRDD().getNumPartitions())
                    .isEqualTo(7);
            assertThat(metrics(evaluateTwoClasses(path.toString()))).isEqualTo(expected);
        } finally {
            session.conf().unset("spark.sql.files.maxPartitionBytes");
        }
    }

    /** Returns all digits of the metrics of two classes. */
    private static String metrics(Evaluation evaluation) {
        Confusion confusion = evaluation.confusion().orElseThrow();
        return String.join(
                " ",
                evaluation.ranking().orElseThrow() + "",
                evaluation.brier().orElseThrow() + "",
                evaluation.cost() + "",
                evaluation.accuracy() + "",
                evaluation.weight() + "",
                confusion.weight(0, 0) + "",
                confusion.weight(0, 1) + "",
                confusion.weight(1, 0) + "",
                confusion.weight(1, 1) + "");
    }

    /** The values of z are x, −x and 0, so the first class is predicted for x > 0 and the second for x < 0. */
    @Test
    void softmaxClassesHaveTheNamesOfTheModel() throws IOException {
        Topology softmax = new Topology(List.of(1, 3), Activation.LINEAR, Output.SOFTMAX, Loss.SOFTMAX_CROSS_ENTROPY);
        LearnedData data = data(TargetKind.CLASSES, 3, List.of("2", "10", "b"), Optional.empty());
        String path = write("three.csv", "x,label,w", "1,2.0,1", "5,10,1", "-5,10,1");
        Evaluation evaluation = FileEvaluation.evaluate(
                context,
                data,
                List.of(path),
                softmax,
                new double[] {1, -1, 0, 0, 0, 0},
                Decision.MOST_PROBABLE,
                note -> {});
        Confusion confusion = evaluation.confusion().orElseThrow();
        assertThat(confusion.weight(0, 0)).isEqualTo(1);
        assertThat(confusion.weight(1, 0)).isEqualTo(1);
        assertThat(confusion.weight(1, 1)).isEqualTo(1);
        assertThat(evaluation.accuracy()).isEqualTo(2.0 / 3);
        // x = 1 ranks between 5 and −5 as class 2, and 5 and −5 rank around it as class 10; class b has no example
        Ranking ranking = evaluation.ranking().orElseThrow();
        assertThat(ranking.rocArea()).isCloseTo(0.5, within(ROUNDING));
        assertThat(ranking.precisionRecallArea()).isCloseTo((0.5 + (1 + 2.0 / 3) / 2) / 2, within(ROUNDING));
        assertThat(ranking.best()).isEmpty();
        assertThat(confusion.balancedAccuracy()).isEqualTo((1 + 0.5) / 2);
        assertThat(evaluation.brier().orElseThrow())
                .isCloseTo((brier(1, 0) + brier(5, 1) + brier(-5, 1)) / 3, within(ROUNDING));
        double cost = (Math.log(Math.exp(1) + Math.exp(-1) + 1)
                        - 1
                        + Math.log(Math.exp(5) + Math.exp(-5) + 1)
                        + 5
                        + Math.log(Math.exp(5) + Math.exp(-5) + 1)
                        - 5)
                / 3;
        assertThat(evaluation.cost()).isCloseTo(cost, within(ROUNDING));
    }

    private static double brier(double x, int label) {
        double[] p = {Math.exp(x), Math.exp(-x), 1};
        double all = p[0] + p[1] + p[2];
        double sum = 0;
        for (int c = 0; c < p.length; c++) {
            sum += Math.pow(p[c] / all - (c == label ? 1 : 0), 2);
        }
        return sum;
    }

    /** The standardized x is (x − 10)/2, which is also z, and the prediction is 100 + 20·z. */
    @Test
    void errorsAreInTheUnitOfTheTargets() throws IOException {
        Topology linear = new Topology(List.of(1, 1), Activation.LINEAR, Output.LINEAR, Loss.SQUARED_ERROR);
        Standardization columns = new Standardization(new double[] {10, 100}, new double[] {2, 20});
        LearnedData data = data(TargetKind.NUMBERS, 1, List.of(), Optional.of(columns));
        String path = write("numbers.csv", "x,label,w", "10,110,1", "12,120,1", "8,70,2");
        Evaluation evaluation = FileEvaluation.evaluate(
                context, data, List.of(path), linear, new double[] {1, 0}, Decision.MOST_PROBABLE, note -> {});
        NumberErrors errors = evaluation.errors().orElseThrow();
        // the predictions are 100, 120 and 80
        assertThat(errors.rootMeanSquare(0)).isCloseTo(Math.sqrt((100 + 2 * 100) / 4.0), within(ROUNDING));
        assertThat(errors.meanMagnitude(0)).isCloseTo((10 + 2 * 10) / 4.0, within(ROUNDING));
        // the mean of the targets is 92.5, and their squared distances from it are 17.5², 27.5² and twice 22.5²
        double spread = 17.5 * 17.5 + 27.5 * 27.5 + 2 * 22.5 * 22.5;
        assertThat(errors.explained(0)).isCloseTo(1 - 300 / spread, within(ROUNDING));
        assertThat(evaluation.cost()).isCloseTo((0.25 + 2 * 0.25) / 4, within(ROUNDING));
        assertThat(evaluation.accuracy()).isNaN();
    }

    @Test
    void rejectsUnknownLabels() throws IOException {
        String path = write("unknown.csv", "x,label,w", "1,yes,1", "1,maybe,1", "x,no,1");
        assertThatThrownBy(() -> evaluateTwoClasses(path))
                .isInstanceOf(BadDataException.class)
                .hasMessage(path
                        + ":3: Invalid value in column label: maybe (must be one of no, yes, the classes of the model)\n"
                        + path + ":4: Invalid value in column x: x (must be a finite number)\n2 bad rows in " + path
                        + " (use --on-bad-row skip to skip bad rows)");
    }

    @Test
    void skipsBadRowsIfTheTrainingSkippedThem() throws IOException {
        String good = write("good.csv", "x,label,w", "1,yes,1", "-2,no,1");
        String bad = write("bad.csv", "x,label,w", "1,yes,1", "x,no,1", "3e38,no,1", "5,maybe,1", "-2,no,1");
        Topology logistic = new Topology(List.of(1, 1), Activation.LINEAR, Output.SIGMOID, Loss.BINARY_CROSS_ENTROPY);
        LearnedData data = data(TargetKind.TWO_CLASSES, 1, List.of("no", "yes"), Optional.empty());
        double[] parameters = {1e10, 0};
        assertThatThrownBy(() -> FileEvaluation.evaluate(
                        context, data, List.of(bad), logistic, parameters, Decision.MOST_PROBABLE, note -> {}))
                .isInstanceOf(BadDataException.class)
                .hasMessageContaining(bad + ":4: the outputs of the network are not finite")
                .hasMessageContaining("3 bad rows");
        List<String> notes = new ArrayList<>();
        Evaluation skipped = FileEvaluation.evaluate(
                context,
                data.withBadRows(BadRows.SKIP),
                List.of(bad),
                logistic,
                parameters,
                Decision.MOST_PROBABLE,
                notes::add);
        Evaluation expected = FileEvaluation.evaluate(
                context, data, List.of(good), logistic, parameters, Decision.MOST_PROBABLE, note -> {});
        assertThat(metrics(skipped)).isEqualTo(metrics(expected));
        assertThat(skipped.examples()).isEqualTo(2);
        assertThat(notes).hasSize(4).startsWith("Skipped 3 bad rows:");
    }

    @Test
    void rejectsMissingFilesAndFilesOfWeightZero() throws IOException {
        assertThatThrownBy(
                        () -> evaluateTwoClasses(directory.resolve("none.csv").toString()))
                .isInstanceOf(NoSuchFileException.class);
        String path = write("zero-weight.csv", "x,label,w", "1,yes,0");
        assertThatThrownBy(() -> evaluateTwoClasses(path)).hasMessage(path + ": all weights are 0");
    }
}
