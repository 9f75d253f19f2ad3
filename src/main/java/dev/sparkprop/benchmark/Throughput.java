package dev.sparkprop.benchmark;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.descriptive.rank.Median;

/**
 * The measured speed of full-batch training runs of one size.
 *
 * @param net widths of the layers, such as {@code 2-2-1}
 * @param examples number of examples per evaluation
 * @param partitions number of partitions
 * @param cores number of cores
 * @param bytes size of the packed examples
 * @param parameters number of parameters of the network
 * @param operationsPerExample floating-point operations per example and evaluation, two per multiply-add
 * @param milliseconds time per evaluation including its update, for each repetition; at least one
 * @param overhead fraction of an evaluation that Spark itself takes, 0 to 1
 * @param emptyJobMilliseconds time of an empty Spark job with the same number of tasks
 * @param peers milliseconds per evaluation of the same examples in other programs, by name, for each repetition
 */
public record Throughput(
        String net,
        long examples,
        int partitions,
        int cores,
        long bytes,
        int parameters,
        double operationsPerExample,
        List<Double> milliseconds,
        double overhead,
        double emptyJobMilliseconds,
        Map<String, List<Double>> peers) {

    public Throughput {
        milliseconds = List.copyOf(milliseconds);
        peers = Collections.unmodifiableMap(new LinkedHashMap<>(peers));
        if (milliseconds.isEmpty()) {
            throw new IllegalArgumentException("Invalid milliseconds: [] (must contain at least one repetition)");
        }
    }

    /** Returns a copy with the times of other programs. */
    public Throughput withPeers(Map<String, List<Double>> peers) {
        return new Throughput(
                net,
                examples,
                partitions,
                cores,
                bytes,
                parameters,
                operationsPerExample,
                milliseconds,
                overhead,
                emptyJobMilliseconds,
                peers);
    }

    /** Returns the median of the repetitions. For an even number, it is the mean of the middle two. */
    public double median() {
        return median(milliseconds);
    }

    /** Returns the median of at least one number. For an even number of them, it is the mean of the middle two. */
    public static double median(List<Double> numbers) {
        return new Median().evaluate(array(numbers));
    }

    /** Returns the milliseconds of the fastest repetition. */
    public double min() {
        return StatUtils.min(array(milliseconds));
    }

    /** Returns the milliseconds of the slowest repetition. */
    public double max() {
        return StatUtils.max(array(milliseconds));
    }

    private static double[] array(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Returns the number of examples per active core. */
    public double examplesOnCore() {
        return examplesOnCore(examples, cores, partitions);
    }

    /**
     * Returns the number of examples per active core. With fewer partitions than cores, only one core per
     * partition is active.
     */
    static double examplesOnCore(long examples, int cores, int partitions) {
        return (double) examples / Math.min(cores, partitions);
    }

    /** Returns the rate at the median. */
    public double examplesPerSecond() {
        return 1e3 * examples / median();
    }

    /** Returns 10⁹ floating-point operations per second on all cores, at the median. */
    public double gigaflops() {
        return operationsPerExample * examplesPerSecond() / 1e9;
    }
}
