package dev.sparkprop.cli;

import dev.sparkprop.config.TrainingPlan;
import dev.sparkprop.data.Example;
import dev.sparkprop.network.ParameterLayout;
import dev.sparkprop.spark.ShardedDataset;
import dev.sparkprop.spark.SparkGradientSource;
import dev.sparkprop.spark.SparkRun;
import dev.sparkprop.training.Batches;
import dev.sparkprop.training.GradientCheck;
import dev.sparkprop.training.GradientCheck.Finding;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "check",
        description = {
            "Checks the gradient that a training would start with, as all partitions' sums come to, against central differences of the"
                    + " cost in float64.",
            "Ends with exit code 1 if they differ."
        })
final class CheckCommand implements Callable<Integer> {
    @Mixin
    private PlanOptions options;

    @Option(
            names = "--sample",
            paramLabel = "N",
            defaultValue = "100",
            description =
                    "Parameters of each tensor to check, drawn from the seed if it has more (default: ${DEFAULT-VALUE}).")
    private String sample;

    @Option(
            names = "--examples",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Examples to check with, drawn from the seed if there are more (default: ${DEFAULT-VALUE}).")
    private String examples;

    @Option(
            names = "--tolerance",
            paramLabel = "T",
            defaultValue = "1e-4",
            description = "Relative difference that is allowed (default: ${DEFAULT-VALUE}).")
    private double tolerance;

    @Override
    public Integer call() throws Exception {
        if (!(tolerance > 0 && tolerance < 1)) {
            throw new UsageException("Invalid --tolerance: " + tolerance + " (must be above 0 and below 1)");
        }
        int mostParameters = (int) WholeNumber.parse("--sample", sample, Integer.MAX_VALUE);
        int mostExamples = (int) WholeNumber.parse("--examples", examples, Integer.MAX_VALUE);
        TrainingPlan plan = options.plan(List.of());
        double[] parameters = TrainCommand.initialParameters(plan);
        try (SparkRun spark = new SparkRun("check " + plan.name(), plan.startTimeout())) {
            print(
                    "sparkprop %s with %s kernels: %s, a %s net with %s%n",
                    Main.version(),
                    String.join(", ", spark.executorKernels(plan.kernels())),
                    plan.name(),
                    plan.topology(),
                    TrainingConsole.count(plan.topology().parameterCount(), "parameter"));
            List<Finding> findings =
                    check(plan, parameters, spark.context(), mostExamples, mostParameters, line -> print("%s%n", line));
            print("%n%s", CheckText.of(findings, tolerance));
            boolean right = findings.stream().allMatch(finding -> finding.within(tolerance));
            return (right ? ExitCode.FINISHED : ExitCode.CHECK_FAILED).code();
        }
    }

    /** What a check of a plan finds at some parameters. */
    static List<Finding> check(
            TrainingPlan plan,
            double[] parameters,
            JavaSparkContext context,
            int mostExamples,
            int mostParameters,
            Console console)
            throws IOException {
        try (TrainingData data = TrainingData.open(plan, context, console)) {
            ShardedDataset dataset = data.dataset();
            dataset.pack();
            long count = dataset.sharding().examples();
            Batches batches = new Batches(count, mostExamples, plan.seed());
            List<Example> examples = dataset.examples(batches.at(0));
            console.line(String.format(
                    Locale.ROOT,
                    "Data: %s, %s%s in %s and %s",
                    plan.sourceName(),
                    TrainingConsole.count(examples.size(), "example"),
                    batches.whole() ? "" : String.format(Locale.ROOT, " of %,d, drawn from the seed,", count),
                    TrainingConsole.count(dataset.sharding().shards(), "shard"),
                    TrainingConsole.count(dataset.partitions(), "partition")));
            return new GradientCheck(plan.topology(), plan.penalty(), parameters)
                    .compare(
                            new SparkGradientSource(context, dataset, plan.topology(), plan.kernels()),
                            batches,
                            examples,
                            GradientCheck.sample(new ParameterLayout(plan.topology()), mostParameters, plan.seed()));
        }
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }
}
