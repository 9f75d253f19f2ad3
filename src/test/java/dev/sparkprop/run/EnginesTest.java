package dev.sparkprop.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sparkprop.config.TrainingPlan;
import dev.sparkprop.config.TrainingPlans;
import dev.sparkprop.evaluation.Batches;
import dev.sparkprop.spark.LocalSpark;
import dev.sparkprop.spark.engine.SparkGradientSource;
import dev.sparkprop.store.ParameterHash;
import dev.sparkprop.training.Engine;
import dev.sparkprop.training.Ledger;
import dev.sparkprop.training.MeanObjective;
import dev.sparkprop.training.Trainer;
import dev.sparkprop.training.TrainingResult;
import dev.sparkprop.training.Validation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Trains the shipped configurations with both engines, with Spark in this process. */
public class EnginesTest {
    private static JavaSparkContext context;

    private final List<String> console = new ArrayList<>();

    @BeforeAll
    static void start() {
        context = LocalSpark.context();
    }

    private String hash(Path conf, Engine engine, String... overrides) throws Exception {
        List<String> all = new ArrayList<>(List.of(overrides));
        all.add("training.iterations=10");
        TrainingPlan plan = TrainingPlans.read(conf, all);
        try (TrainingData data = TrainingData.open(plan, context, line -> {});
                SparkGradientSource source = new SparkGradientSource(
                        engine, context, data.dataset(), plan.topology(), plan.kernels(), new Ledger(), console::add)) {
            data.dataset().pack();
            Optional<Validation> validation = data.validation().map(heldOut -> {
                heldOut.pack();
                return new Validation(
                        source.releasingBefore(
                                SparkGradientSource.jobs(context, heldOut, plan.topology(), plan.kernels())),
                        1);
            });
            Batches batches = plan.batches(source.examples());
            TrainingResult result = new Trainer(
                            plan.schedule(), plan.optimizer(), validation, iteration -> {}, new Ledger())
                    .train(
                            new MeanObjective(source, plan.topology(), plan.penalty(), batches),
                            Trainer.Start.of(InitialPoint.of(plan)),
                            batches::examplesIn);
            return result.iterations() + " " + ParameterHash.sha256(result.parameters());
        }
    }

    static List<Path> configurations() throws IOException {
        return configurationsIn(Path.of("conf"));
    }

    /** The configurations in a directory, in the order of their names. */
    public static List<Path> configurationsIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".conf"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("configurations")
    void bothEnginesGiveTheSameBits(Path conf) throws Exception {
        assertThat(hash(conf, Engine.RESIDENT)).isEqualTo(hash(conf, Engine.JOBS));
        assertThat(console).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "optimizer.name=l-bfgs",
                "training.batch=20",
                "data.partitions=2",
                "data.validation.fraction=0.2 training.stop.patience=2"
            })
    void bothEnginesGiveTheSameBitsWithOverrides(String overrides) throws Exception {
        String[] all = (overrides + " data.shard-examples=256").split(" ");
        Path iris = Path.of("conf/iris.conf");
        assertThat(hash(iris, Engine.RESIDENT, all)).isEqualTo(hash(iris, Engine.JOBS, all));
        assertThat(console).isEmpty();
    }
}
