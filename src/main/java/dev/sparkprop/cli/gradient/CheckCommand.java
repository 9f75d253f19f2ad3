package dev.sparkprop.cli.gradient;

import dev.sparkprop.cli.options.ExitCode;
import dev.sparkprop.cli.options.PlanOptions;
import dev.sparkprop.cli.options.UsageException;
import dev.sparkprop.cli.options.WholeNumber;
import dev.sparkprop.config.TrainingPlan;
import dev.sparkprop.run.Gradients;
import dev.sparkprop.run.Version;
import dev.sparkprop.spark.SparkConnection;
import dev.sparkprop.training.GradientCheck.Finding;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "check",
        description = {
            "Check the gradient at the initial parameters, summed over all partitions, against central differences of the"
                    + " cost in float64.",
            "Exit with code 1 if they differ."
        })
public final class CheckCommand implements Callable<Integer> {
    @Mixin
    private PlanOptions options;

    @Option(
            names = "--sample",
            paramLabel = "N",
            defaultValue = "100",
            description =
                    "Maximum number of parameters to check per tensor, drawn from the seed (default: ${DEFAULT-VALUE}).")
    private String sample;

    @Option(
            names = "--examples",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Maximum number of examples to use, drawn from the seed (default: ${DEFAULT-VALUE}).")
    private String examples;

    @Option(
            names = "--tolerance",
            paramLabel = "T",
            defaultValue = "1e-4",
            description = "Largest relative difference allowed (default: ${DEFAULT-VALUE}).")
    private double tolerance;

    @Override
    public Integer call() throws Exception {
        if (!(tolerance > 0 && tolerance < 1)) {
            throw new UsageException("Invalid --tolerance: " + tolerance + " (must be above 0 and below 1)");
        }
        int maxParameters = (int) WholeNumber.parse("--sample", sample, Integer.MAX_VALUE);
        int maxExamples = (int) WholeNumber.parse("--examples", examples, Integer.MAX_VALUE);
        TrainingPlan plan = options.plan(List.of());
        try (SparkConnection spark = new SparkConnection("check " + plan.name(), plan.startTimeout())) {
            print(
                    "sparkprop %s with %s kernels: %s%n",
                    Version.current(), String.join(", ", spark.executorKernels(plan.kernels())), plan.name());
            List<Finding> findings =
                    Gradients.check(plan, spark.context(), maxExamples, maxParameters, line -> print("%s%n", line));
            print("%n%s", CheckText.of(findings, tolerance));
            boolean passed = findings.stream().allMatch(finding -> finding.within(tolerance));
            return (passed ? ExitCode.FINISHED : ExitCode.CHECK_FAILED).code();
        }
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }
}
