package dev.sparkprop.benchmark;

import dev.sparkprop.kernel.MultiplyBenchmark;
import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/**
 * Runs the kernel benchmarks on one core and prints a table. Arguments: seconds per measurement, followed by networks
 * (default: all).
 */
public final class KernelBenchmarks {
    private KernelBenchmarks() {}

    public static void main(String[] arguments) throws RunnerException {
        TimeValue time = TimeValue.milliseconds((long) (1000 * Double.parseDouble(arguments[0])));
        double sgemm = operations(SgemmBenchmark.class, time);
        print("%s, %s%n", System.getProperty("java.vm.name"), Runtime.version());
        print(
                "sgemm 1024 x 1024 x 256 of %s: %.1f GFLOP/s on one core%n",
                SgemmBenchmark.blas().getClass().getSimpleName(), sgemm / 1e9);
        double multiply = operations(MultiplyBenchmark.class, time);
        print("the same product by vector kernels: %.1f GFLOP/s, %.2f x sgemm%n%n", multiply / 1e9, multiply / sgemm);
        print("%-18s %-8s %12s %7s %9s %8s%n", "net", "kernels", "examples/s", "spread", "GFLOP/s", "x sgemm");
        ChainedOptionsBuilder options = options(PassBenchmark.class, time);
        if (arguments.length > 1) {
            String[] nets = java.util.Arrays.copyOfRange(arguments, 1, arguments.length);
            options = options.param("net", nets);
        }
        for (RunResult result : new Runner(options.build()).run()) {
            printRow(result, sgemm);
        }
    }

    /** Returns the operations per second of a matrix product of the common size. */
    private static double operations(Class<?> benchmark, TimeValue time) throws RunnerException {
        return rate(run(benchmark, time).iterator().next()).getPercentile(50) * SgemmBenchmark.OPERATIONS;
    }

    private static void printRow(RunResult result, double sgemm) {
        String net = result.getParams().getParam("net");
        Statistics shards = rate(result);
        double examples = PassBenchmark.examplesPerOperation(net);
        double operations = shards.getPercentile(50) * examples * PassBenchmark.operationsPerExample(net);
        print(
                "%-18s %-8s %12.4g %6.0f%% %9.1f %8.2f%n",
                net,
                result.getParams().getParam("kernels").toLowerCase(Locale.ROOT),
                shards.getPercentile(50) * examples,
                100 * (shards.getMax() - shards.getMin()) / shards.getPercentile(50),
                operations / 1e9,
                operations / sgemm);
    }

    private static Statistics rate(RunResult result) {
        return result.getPrimaryResult().getStatistics();
    }

    private static Collection<RunResult> run(Class<?> benchmark, TimeValue time) throws RunnerException {
        return new Runner(options(benchmark, time).build()).run();
    }

    private static ChainedOptionsBuilder options(Class<?> benchmark, TimeValue time) {
        return new OptionsBuilder()
                .include(benchmark.getSimpleName())
                .measurementTime(time)
                .verbosity(VerboseMode.SILENT);
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }
}
