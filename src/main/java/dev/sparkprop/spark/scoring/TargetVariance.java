package dev.sparkprop.spark.scoring;

import dev.sparkprop.data.Shard;
import dev.sparkprop.spark.dataset.ShardedDataset;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.FlatMapFunction;

/** Computes the variance of numeric targets in a packed dataset. */
public final class TargetVariance {
    private TargetVariance() {}

    /**
     * Returns the variance of the targets, averaged over the outputs, on the scale on which the network was trained.
     * It equals the cost of always predicting the mean targets. Runs a Spark job.
     */
    public static double of(ShardedDataset dataset) {
        double[] all = dataset.collect(dataset.shards().mapPartitions(new TargetSums(), true)).stream()
                .reduce((one, other) -> IntStream.range(0, one.length)
                        .mapToDouble(i -> one[i] + other[i])
                        .toArray())
                .orElse(new double[1]);
        int outputs = all.length / 2;
        double variance = 0;
        for (int o = 0; o < outputs; o++) {
            double mean = all[1 + 2 * o] / all[0];
            variance += Math.max(0, all[2 + 2 * o] / all[0] - mean * mean);
        }
        return variance / outputs;
    }

    /**
     * For one Spark partition, computes the sum of the weights and, for each output, the weighted sums of the targets
     * and of their squares.
     */
    private record TargetSums() implements FlatMapFunction<Iterator<Shard>, double[]> {
        @Override
        public Iterator<double[]> call(Iterator<Shard> shards) {
            double[] sums = null;
            while (shards.hasNext()) {
                Shard shard = shards.next();
                sums = sums == null ? new double[1 + 2 * shard.outputs()] : sums;
                for (int position = 0; position < shard.examples(); position++) {
                    add(shard, position, sums);
                }
            }
            return sums == null ? Collections.emptyIterator() : List.of(sums).iterator();
        }

        private static void add(Shard shard, int position, double[] sums) {
            double weight = shard.weight(position);
            sums[0] += weight;
            for (int o = 0; o < shard.outputs(); o++) {
                double target = shard.target(position, o);
                sums[1 + 2 * o] += weight * target;
                sums[2 + 2 * o] += weight * target * target;
            }
        }
    }
}
