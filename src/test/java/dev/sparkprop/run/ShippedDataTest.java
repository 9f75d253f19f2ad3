package dev.sparkprop.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkprop.config.TrainingPlan;
import dev.sparkprop.config.TrainingPlans;
import dev.sparkprop.data.Sharding;
import dev.sparkprop.data.tables.LearnedData;
import dev.sparkprop.evaluation.Batches;
import dev.sparkprop.evaluation.LocalGradientSource;
import dev.sparkprop.metrics.Evaluation;
import dev.sparkprop.network.RandomNets.Rows;
import dev.sparkprop.spark.LocalSpark;
import dev.sparkprop.spark.packing.FileExamples;
import dev.sparkprop.spark.scoring.Decision;
import dev.sparkprop.spark.scoring.FileEvaluation;
import dev.sparkprop.training.MeanObjective;
import dev.sparkprop.training.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trains on the shipped data without Spark, with five seeds each, and evaluates on the shipped test files. */
@Tag("optimized")
class ShippedDataTest {
    private static JavaSparkContext context;

    @BeforeAll
    static void start() {
        context = LocalSpark.context();
    }

    /** The minimum accuracy or, for numeric targets, the minimum fraction of explained variance. */
    @ParameterizedTest
    @CsvSource({
        "digits, 0.97, ",
        "digits, 0.97, optimizer.name=adam optimizer.learning-rate=0.01 training.iterations=200",
        "iris, 0.97, ",
        "diabetes, 0.39, "
    })
    void fiveSeedsReachTheMinimumOnTheTestFiles(String name, double minimum, String settings) throws Exception {
        for (int seed = 1; seed <= 5; seed++) {
            List<String> overrides = new ArrayList<>(List.of("seed=" + seed));
            if (settings != null) {
                overrides.addAll(List.of(settings.split(" ")));
            }
            Evaluation evaluation = trainAndEvaluate(name, overrides);
            double score =
                    evaluation.errors().map(errors -> errors.explained(0)).orElse(evaluation.accuracy());
            assertThat(score).as("seed %d", seed).isGreaterThanOrEqualTo(minimum);
        }
    }

    private static Evaluation trainAndEvaluate(String name, List<String> overrides) throws Exception {
        TrainingPlan plan = TrainingPlans.read(Path.of("conf", name + ".conf"), overrides);
        LearnedData data = FileExamples.survey(context, ((TrainingPlan.Files) plan.data()).files())
                .learned();
        Rows rows = rows(data, Path.of("conf/data", name + "-train.csv"));
        Batches batches = plan.batches(rows.examples());
        LocalGradientSource source = new LocalGradientSource(
                rows, Sharding.of(rows), plan.topology(), plan.kernels().kernels());
        double[] parameters = new Trainer(plan.schedule(), plan.optimizer(), iteration -> {})
                .train(
                        new MeanObjective(source, plan.topology(), plan.penalty(), batches),
                        Trainer.Start.of(plan.drawnParameters()),
                        batches::examplesIn)
                .parameters();
        String test = "conf/data/" + name + "-test.csv";
        return FileEvaluation.evaluate(
                context, data, List.of(test), plan.topology(), parameters, Decision.MOST_PROBABLE, note -> {});
    }

    /** Reads a file whose last column is the target. */
    private static Rows rows(LearnedData data, Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        int count = lines.size() - 1;
        int features = data.features().size();
        double[][] x = new double[count][features];
        double[][] t = new double[count][data.files().outputs()];
        for (int e = 0; e < count; e++) {
            String[] cells = lines.get(e + 1).split(",", -1);
            for (int i = 0; i < features; i++) {
                x[e][i] = data.input(i, Double.parseDouble(cells[i]));
            }
            if (data.classes().isEmpty()) {
                t[e][0] = data.target(0, Double.parseDouble(cells[features]));
            } else {
                t[e][data.classes().indexOf(cells[features])] = 1;
            }
        }
        return new Rows(x, t);
    }
}
