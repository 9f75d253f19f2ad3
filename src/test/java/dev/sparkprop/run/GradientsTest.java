package dev.sparkprop.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sparkprop.cli.gradient.Explanation;
import dev.sparkprop.cli.gradient.ExplanationJson;
import dev.sparkprop.cli.gradient.ExplanationText;
import dev.sparkprop.config.TrainingPlan;
import dev.sparkprop.config.TrainingPlans;
import dev.sparkprop.data.Example;
import dev.sparkprop.data.Sharding;
import dev.sparkprop.evaluation.Batches;
import dev.sparkprop.evaluation.GradientSource;
import dev.sparkprop.kernel.KernelSelection;
import dev.sparkprop.network.ChainRule;
import dev.sparkprop.network.GoldenTrajectory;
import dev.sparkprop.network.ParameterLayout;
import dev.sparkprop.network.ParameterPlace;
import dev.sparkprop.network.RandomNets;
import dev.sparkprop.network.ReferenceGradient;
import dev.sparkprop.network.Topology;
import dev.sparkprop.spark.LocalSpark;
import dev.sparkprop.spark.dataset.ShardedDataset;
import dev.sparkprop.spark.engine.SparkGradientSource;
import dev.sparkprop.store.Model;
import dev.sparkprop.training.GradientCheck.Finding;
import dev.sparkprop.training.MeanObjective;
import dev.sparkprop.training.Penalty;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the results of {@code explain} and {@code check}, with Spark in this process. */
class GradientsTest {
    private static JavaSparkContext context;

    @BeforeAll
    static void start() {
        context = LocalSpark.context();
    }

    private static List<Finding> check(String name, int examples, String... overrides) throws Exception {
        TrainingPlan plan = TrainingPlans.read(Path.of("conf", name + ".conf"), List.of(overrides));
        List<String> lines = new ArrayList<>();
        List<Finding> findings = Gradients.check(plan, context, examples, 20, lines::add);
        assertThat(lines.get(lines.size() - 1)).startsWith("Data: ");
        return findings;
    }

    /** Uses a hundredth of the program's default tolerance. */
    @ParameterizedTest
    @ValueSource(
            strings = {"xor", "xor-logistic", "xor-wide", "xor-deep", "digits", "iris", "diabetes", "notebook-logistic"
            })
    void everyShippedConfigurationPasses(String name) throws Exception {
        assertThat(check(name, 200)).isNotEmpty().allMatch(finding -> finding.within(1e-6));
    }

    @Test
    void checksTheSumsOfAllPartitions() throws Exception {
        String[] many = {"data.copies=300", "data.shard-examples=256", "data.partitions=3", "network.l2=0.1"};
        assertThat(check("xor", 2_000, many)).allMatch(finding -> finding.within(1e-6));
        // a batch of the examples
        assertThat(check("xor", 500, many)).allMatch(finding -> finding.within(1e-6));
    }

    /** The mean of these gradients over all examples is PyTorch's gradient, as {@code ChainRuleTest} verifies. */
    @ParameterizedTest
    @MethodSource("dev.sparkprop.network.GoldenTrajectory#names")
    void distributedGradientOfOneExampleMatchesTheChainRule(String name) {
        GoldenTrajectory golden = GoldenTrajectory.read(name);
        Example row = golden.rows().list().get(1);
        Example example = new Example(row.features(), row.targets(), 1);
        Model model = new Model(golden.topology(), golden.initial());
        ChainRule rule = ChainRule.of(golden.topology(), golden.initial(), example);
        ParameterLayout layout = new ParameterLayout(golden.topology());
        double[] expected = IntStream.range(0, layout.size())
                .mapToDouble(index -> rule.derivative(ParameterPlace.of(layout, index)))
                .toArray();
        assertThat(RandomNets.relativeDistance(Gradients.ofExample(context, model, example), expected))
                .isLessThan(1e-6);
    }

    @ParameterizedTest
    @MethodSource("dev.sparkprop.network.GoldenTrajectory#names")
    void distributedGradientOfAllExamplesMatchesPyTorch(String name) {
        GoldenTrajectory golden = GoldenTrajectory.read(name);
        RandomNets.Rows rows = golden.rows();
        try (ShardedDataset dataset = new ShardedDataset(context, rows, Sharding.of(rows), OptionalInt.empty())) {
            GradientSource source = SparkGradientSource.jobs(context, dataset, golden.topology(), KernelSelection.AUTO);
            Penalty penalty = new Penalty(golden.l2(), 0);
            double[] gradient = new MeanObjective(source, golden.topology(), penalty, Batches.all(rows.examples()))
                    .evaluate(golden.initial(), 0)
                    .gradient();
            assertThat(RandomNets.relativeDistance(gradient, golden.firstGradient()))
                    .isLessThan(1e-6);
        }
    }

    @Test
    void explanationHasEveryFactorAndThreeAgreeingDerivatives() throws Exception {
        // z1 = (0.5, −1), z2 = 2·σ(0.5) + 3·σ(−1) − 1
        Topology topology = RandomNets.sigmoid(2, 2, 1);
        double[] parameters = {1, 0.5, 2, -1, 0, 0, 2, 3, -1};
        Example example = new Example(new double[] {0, 1}, new double[] {1}, 1);
        ParameterPlace place =
                ParameterPlace.parse(new ParameterLayout(topology), "W1[1,1]").orElseThrow();
        Explanation explanation = new Explanation(
                "0,1",
                List.of("sepal", "city=Paris"),
                false,
                example.targets(),
                place,
                ChainRule.of(topology, parameters, example),
                new ReferenceGradient(topology, parameters, List.of(example)).difference(place.index()),
                Gradients.ofExample(context, new Model(topology, parameters), example)[place.index()],
                "local[2]");
        double first = sigmoid(0.5);
        double second = sigmoid(-1);
        double output = sigmoid(2 * first + 3 * second - 1);
        double expected = (output - 1) * 3 * second * (1 - second);
        assertThat(explanation.derivative()).isCloseTo(expected, within(1e-15));
        assertThat(explanation.difference().derivative()).isCloseTo(expected, within(1e-10));
        assertThat(explanation.distributed()).isCloseTo(expected, within(1e-7));
        assertThat(ExplanationText.of(explanation))
                .contains(
                        "x = sepal 0, city=Paris 1, t = 1\n",
                        "∂loss/∂W1[1,1] = ∂loss/∂a1[1] · ∂a1[1]/∂z1[1] · ∂z1[1]/∂W1[1,1], factor by factor:\n")
                .containsPattern("∂z1\\[1]/∂W1\\[1,1] += x\\[1], city=Paris += +1\\.0")
                .containsPattern("∂loss/∂z2\\[0] · W2\\[0,1] += -0\\.\\d{8} · 3\\.0000000 += +-\\d")
                .containsPattern("\nchain rule, float64 +-0\\.1\\d+\n")
                .containsPattern("\ncentral difference, float64 +-0\\.1\\d+ +\\d\\.\\de-1\\d\n")
                .containsPattern("\nSpark job on local\\[2], float32 +-0\\.1\\d+ +\\d\\.\\de-0[6-9]\n");
        JsonNode json = new ObjectMapper().readTree(ExplanationJson.of(explanation));
        assertThat(json.get("derivative").asDouble()).isEqualTo(explanation.derivative());
        assertThat(json.at("/layers/1/delta/0").asDouble()).isCloseTo(output - 1, within(1e-15));
        assertThat(json.at("/distributed/derivative").asDouble()).isEqualTo(explanation.distributed());
        assertThat(json.at("/centralDifference/kink").asBoolean()).isFalse();
    }

    private static double sigmoid(double z) {
        return 1 / (1 + Math.exp(-z));
    }
}
