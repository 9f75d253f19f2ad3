package dev.sparkprop.benchmark;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.descriptive.rank.Median;

/**
 * How fast full-batch trainings of one size were.
 *
 * @param net widths of the layers, such as {@code 2-2-1}
 * @param examples in each evaluation
 * @param partitions that they lay in
 * @param cores that computed
 * @param bytes of the packed examples
 * @param parameters of the net
 * @param operationsPerExample floating-point operations of one evaluation, two for each multiply-add
 * @param milliseconds of an evaluation with its update, in each repetition; at least one
 * @param overhead share of an evaluation that Spark takes for itself, 0 to 1
 * @param emptyJobMilliseconds what a Spark job of this width takes that does nothing
 * @param peers milliseconds that others took for an evaluation of the same examples in each repetition, by their names
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
            throw new IllegalArgumentException("Invalid milliseconds: [] (must be one repetition at least)");
        }
    }

    /** The same with what others took. */
    public Throughput beside(Map<String, List<Double>> others) {
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
                others);
    }

    /** Median of the repetitions; of an even number of them the mean of the middle two. */
    public double median() {
        return median(milliseconds);
    }

    /** Median of some numbers, one at least; of an even number of them the mean of the middle two. */
    public static double median(List<Double> numbers) {
        return new Median().evaluate(array(numbers));
    }

    /** Milliseconds of the fastest repetition. */
    public double least() {
        return StatUtils.min(array(milliseconds));
    }

    /** Milliseconds of the slowest repetition. */
    public double greatest() {
        return StatUtils.max(array(milliseconds));
    }

    private static double[] array(List<Double> numbers) {
        return numbers.stream().mapToDouble(Double::doubleValue).toArray();
    }

    /** Examples that each core computes that has any. */
    public double examplesOnCore() {
        return examplesOnCore(examples, cores, partitions);
    }

    /** The same of any evaluation: of fewer partitions than cores only as many cores compute. */
    static double examplesOnCore(long examples, int cores, int partitions) {
        return (double) examples / Math.min(cores, partitions);
    }

    /** At the median. */
    public double examplesPerSecond() {
        return 1e3 * examples / median();
    }

    /** 10⁹ floating-point operations a second on all cores, at the median. */
    public double gigaflops() {
        return operationsPerExample * examplesPerSecond() / 1e9;
    }
}
