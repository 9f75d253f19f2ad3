package dev.sparkprop.run;

import dev.sparkprop.config.TrainingPlan;
import dev.sparkprop.data.Example;
import dev.sparkprop.data.ListedExamples;
import dev.sparkprop.data.Sharding;
import dev.sparkprop.evaluation.Batches;
import dev.sparkprop.evaluation.GradientSource;
import dev.sparkprop.kernel.KernelSelection;
import dev.sparkprop.network.ParameterLayout;
import dev.sparkprop.spark.dataset.ShardedDataset;
import dev.sparkprop.spark.engine.SparkGradientSource;
import dev.sparkprop.store.Model;
import dev.sparkprop.text.Words;
import dev.sparkprop.training.GradientCheck;
import dev.sparkprop.training.MeanObjective;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.apache.spark.api.java.JavaSparkContext;

/** Computes gradients in the same way as a training run, for commands that analyze them. */
public final class Gradients {
    private Gradients() {}

    /** Returns the gradient that a training run would compute if this example were its only data. */
    public static double[] ofExample(JavaSparkContext context, Model model, Example example) {
        ListedExamples source = new ListedExamples(List.of(example));
        try (ShardedDataset dataset = new ShardedDataset(context, source, Sharding.of(source), OptionalInt.empty())) {
            GradientSource gradients =
                    SparkGradientSource.jobs(context, dataset, model.topology(), KernelSelection.AUTO);
            return new MeanObjective(gradients, model.topology())
                    .evaluate(model.parameters(), 0)
                    .gradient();
        }
    }

    /**
     * Compares the gradient of a plan at its initial parameters with central differences.
     *
     * @param maxExamples the maximum number of examples to use; a larger dataset is sampled using the plan's seed
     * @param maxParameters the maximum number of parameters per tensor to compare; a larger tensor is sampled using
     *     the plan's seed
     * @param console receives lines about the network and the data
     */
    public static List<GradientCheck.Finding> check(
            TrainingPlan configured, JavaSparkContext context, int maxExamples, int maxParameters, Console console)
            throws IOException {
        try (TrainingData data = TrainingData.open(configured, context, console)) {
            TrainingPlan plan = data.resolve(configured);
            double[] parameters = InitialPoint.of(plan);
            console.line(String.format(
                    Locale.ROOT,
                    "Network: %s with %s",
                    plan.topology(),
                    Words.count(plan.topology().parameterCount(), "parameter")));
            ShardedDataset dataset = data.dataset();
            dataset.pack();
            long count = dataset.sharding().examples();
            Batches batches = new Batches(count, maxExamples, plan.seed());
            List<Example> examples = dataset.examples(batches.at(0));
            console.line(String.format(
                    Locale.ROOT,
                    "Data: %s, %s%s in %s and %s",
                    plan.sourceName(),
                    Words.count(examples.size(), "example"),
                    batches.isFullBatch() ? "" : String.format(Locale.ROOT, " of %,d, drawn from the seed,", count),
                    Words.count(dataset.sharding().shards(), "shard"),
                    Words.count(dataset.partitions(), "partition")));
            return new GradientCheck(plan.topology(), plan.penalty(), parameters)
                    .compare(
                            SparkGradientSource.jobs(context, dataset, plan.topology(), plan.kernels()),
                            batches,
                            examples,
                            GradientCheck.sample(new ParameterLayout(plan.topology()), maxParameters, plan.seed()));
        }
    }
}
