package dev.sparkprop.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sparkprop.network.ParameterLayout;
import dev.sparkprop.store.InitialParameters;
import dev.sparkprop.training.TrainingResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trains the shipped configurations without Spark. The results are bit-identical. */
@Tag("optimized")
class ShippedConfigurationsTest {
    @ParameterizedTest
    @CsvSource({
        "xor, 0, 0.05, 1",
        "xor-wide, 0, 0.01, 1",
        "xor-deep, 0, 0.002, 1",
        "xor-logistic, 0.69314, 0.69316, 0.5"
    })
    void reachTheDocumentedCosts(String name, double minCost, double maxCost, double accuracy) throws Exception {
        TrainingPlan plan = TrainingPlans.read(Path.of("conf", name + ".conf"), List.of());
        TrainingResult result = WithoutSpark.train(plan, plan.drawnParameters(), iteration -> {});
        assertThat(result.iterations()).isEqualTo(10_001);
        assertThat(result.cost()).isBetween(minCost, maxCost);
        assertThat(result.accuracy()).isEqualTo(accuracy);
    }

    /** The lesson printed its cost and weights in float32, after the update of each step. */
    @Test
    void reproducesEveryRowOfTheLesson() throws Exception {
        TrainingPlan plan = TrainingPlans.read(Path.of("conf/notebook-logistic.conf"), List.of());
        double[] initial =
                InitialParameters.read(plan.initial().file().orElseThrow(), new ParameterLayout(plan.topology()));
        Map<Integer, Double> costs = new TreeMap<>();
        TrainingResult result =
                WithoutSpark.train(plan, initial, iteration -> costs.put(iteration.number(), iteration.cost()));

        List<String> rows = Files.readAllLines(Path.of("src/test/resources/golden/notebook-logistic.csv"));
        assertThat(rows).hasSize(1 + 22);
        assertThat(costs).hasSize(1 + 22);
        for (String row : rows.subList(1, rows.size())) {
            String[] cells = row.split(",", -1);
            assertThat(costs.get(Integer.parseInt(cells[0]) + 1))
                    .as("step %s", cells[0])
                    .isCloseTo(Double.parseDouble(cells[1]), within(1e-6));
        }
        String[] last = rows.get(22).split(",", -1);
        assertThat(result.iterations()).isEqualTo(Integer.parseInt(last[0]) + 1);
        assertThat(result.parameters()[0]).isCloseTo(Double.parseDouble(last[2]), within(2e-6));
        assertThat(result.parameters()[1]).isCloseTo(Double.parseDouble(last[3]), within(2e-6));
    }
}
