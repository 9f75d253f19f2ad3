package dev.sparkprop.cli.gradient;

import dev.sparkprop.benchmark.KernelRate;
import dev.sparkprop.cli.options.UsageException;
import dev.sparkprop.cli.options.WholeNumber;
import dev.sparkprop.config.InvalidConfigException;
import dev.sparkprop.config.TrainingPlan;
import dev.sparkprop.config.TrainingPlans;
import dev.sparkprop.data.generated.RandomExamples;
import dev.sparkprop.kernel.Activation;
import dev.sparkprop.kernel.KernelSelection;
import dev.sparkprop.network.Loss;
import dev.sparkprop.network.Output;
import dev.sparkprop.network.Topology;
import dev.sparkprop.network.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "count",
        description = {
            "Count the weights and operations of a network, layer by layer, without Spark.",
            "With --examples, also estimate the operations and the time of a training run. The time is measured on one core in about"
                    + " two seconds. It covers the kernels only, not Spark."
        })
public final class CountCommand implements Callable<Integer> {
    private static final Duration MEASUREMENT = Duration.ofSeconds(1);

    @Parameters(
            paramLabel = "NET",
            description = "Layer widths from the inputs to the outputs, such as 784,10,10, or a configuration file.")
    private String net;

    @Option(
            names = "--examples",
            paramLabel = "N",
            description = "Number of examples to estimate a training run for, such as 6e4.")
    private String examples;

    @Option(
            names = "--iterations",
            paramLabel = "M",
            description =
                    "Number of passes over the examples (default: 1). For a training run of N iterations, give N + 1: one more pass"
                            + " computes the final cost.")
    private String iterations;

    @Option(names = "--cores", paramLabel = "N", description = "Number of cores to estimate the time for (default: 1).")
    private String cores;

    @Override
    public Integer call() throws Exception {
        if (examples == null && (iterations != null || cores != null)) {
            throw new UsageException("Missing --examples: --iterations and --cores need the number of examples");
        }
        Topology topology = topology();
        if (examples == null) {
            System.out.print(CountText.of(topology));
            return 0;
        }
        Workload work = new Workload(
                topology,
                WholeNumber.parse("--examples", examples, RandomExamples.MAX_EXAMPLES),
                iterations == null ? 1 : WholeNumber.parse("--iterations", iterations, Integer.MAX_VALUE));
        int machine = cores == null ? 1 : (int) WholeNumber.parse("--cores", cores, Integer.MAX_VALUE);
        System.out.print(CountText.of(topology));
        KernelRate rate = KernelRate.measure(topology, KernelSelection.AUTO.kernels(), work.examples(), MEASUREMENT);
        System.out.print(CountText.of(work, rate, machine));
        return 0;
    }

    private Topology topology() throws IOException, InvalidConfigException, UsageException {
        if (!net.matches("[-0-9, ]+")) {
            TrainingPlan plan = TrainingPlans.read(Path.of(net), List.of());
            if (plan.hasUnknownInputs()) {
                throw new UsageException(
                        "Invalid NET: " + net + " (its network.layers starts with auto, so the number of"
                                + " inputs follows from the data; give the widths, such as 784,10,10)");
            }
            return plan.topology();
        }
        try {
            List<Integer> widths = Stream.of(net.split("[,-]", -1))
                    .map(String::strip)
                    .map(Integer::valueOf)
                    .toList();
            return new Topology(widths, Activation.SIGMOID, Output.SIGMOID, Loss.BINARY_CROSS_ENTROPY);
        } catch (NumberFormatException e) {
            throw new UsageException("Invalid NET: " + net + " (must be widths such as 784,10,10)");
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }
}
