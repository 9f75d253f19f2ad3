package dev.sparkprop.spark;

import dev.sparkprop.data.Shard;
import dev.sparkprop.data.Tile;
import dev.sparkprop.kernel.KernelSelection;
import dev.sparkprop.metrics.Confusion;
import dev.sparkprop.network.Backpropagation;
import dev.sparkprop.network.Loss;
import dev.sparkprop.network.Output;
import dev.sparkprop.network.ParameterLayout;
import dev.sparkprop.network.Topology;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;

/** What is told of packed examples when a training is over; the same for any partitions. */
public final class PackedExamples {
    private PackedExamples() {}

    /** Classes that a net tells apart; 0 if its predictions are not one class for each example. */
    public static int classes(Topology topology) {
        return switch (topology.output()) {
            case SIGMOID -> topology.outputs() == 1 ? 2 : 0;
            case SOFTMAX -> topology.outputs();
            case LINEAR -> 0;
        };
    }

    /** How a net that tells classes apart takes those of all examples for each other: one forward pass, a Spark job. */
    public static Confusion confusion(
            JavaSparkContext context,
            ShardedDataset dataset,
            Topology topology,
            KernelSelection kernels,
            double[] parameters) {
        SentParameters sent = SentParameters.of(context, List.of(ParameterLayout.toFloat32(parameters)));
        try {
            Confusion sum = new Confusion(classes(topology));
            collect(dataset, new Count(topology, kernels, sent)).forEach(sum::add);
            return sum;
        } finally {
            sent.destroy();
        }
    }

    /** Variance of the targets as the net learns them, its mean over the outputs: what predicting their means costs. A Spark job. */
    public static double targetVariance(ShardedDataset dataset) {
        double[] all = collect(dataset, new TargetSums()).stream()
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
     * Up to so many of the examples, each with its features and its class or first target, spread evenly over the dataset; those that
     * are the same come once.
     */
    public static List<List<Float>> sample(ShardedDataset dataset, int count) {
        int shards = dataset.sharding().shards();
        Set<List<Float>> examples =
                new LinkedHashSet<>(collect(dataset, new Draw((shards - 1) / count + 1, Math.max(1, count / shards))));
        return examples.stream().limit(count).toList();
    }

    private static <T> List<T> collect(ShardedDataset dataset, FlatMapFunction<Iterator<Shard>, T> task) {
        return dataset.collect(dataset.shards().mapPartitions(task, true));
    }

    /** The class of an example among its targets. */
    private static int label(Shard shard, int tile, int lane) {
        int outputs = outputs(shard);
        double[] targets = new double[outputs];
        for (int o = 0; o < outputs; o++) {
            // of one output the class is a number from 0 to 1, which as z would be cut at 0
            targets[o] = shard.targets()[(tile * outputs + o) * Tile.EXAMPLES + lane] - 0.5;
        }
        return ScoringNet.predicted(targets);
    }

    private static int outputs(Shard shard) {
        return shard.targets().length / (shard.tiles() * Tile.EXAMPLES);
    }

    /** Counts the predictions of one Spark partition. */
    private record Count(Topology topology, KernelSelection kernels, SentParameters parameters)
            implements FlatMapFunction<Iterator<Shard>, Confusion> {
        @Override
        public Iterator<Confusion> call(Iterator<Shard> shards) {
            // z tells the class even where a sigmoid of it, in float32, is one half
            Backpropagation forward = new Backpropagation(
                    new Topology(topology.layers(), topology.hidden(), Output.LINEAR, Loss.SQUARED_ERROR),
                    kernels.kernels());
            forward.load(parameters.candidates().get(0));
            Confusion confusion = new Confusion(classes(topology));
            float[] outputs = new float[topology.outputs() * Tile.EXAMPLES];
            while (shards.hasNext()) {
                Shard shard = shards.next();
                for (int tile = 0; tile < shard.tiles(); tile++) {
                    forward.predict(shard.features(), tile * topology.inputs() * Tile.EXAMPLES, outputs, 0);
                    count(shard, tile, outputs, confusion);
                }
            }
            return List.of(confusion).iterator();
        }

        private void count(Shard shard, int tile, float[] outputs, Confusion confusion) {
            double[] z = new double[topology.outputs()];
            for (int lane = 0; lane < shard.occupied(tile); lane++) {
                for (int o = 0; o < z.length; o++) {
                    z[o] = outputs[o * Tile.EXAMPLES + lane];
                }
                float weight = shard.weights().length == 0 ? 1 : shard.weights()[tile * Tile.EXAMPLES + lane];
                confusion.add(label(shard, tile, lane), ScoringNet.predicted(z), weight);
            }
        }
    }

    /** Of one Spark partition the sum of the weights, and for each output the weighted sums of targets and of their squares. */
    private record TargetSums() implements FlatMapFunction<Iterator<Shard>, double[]> {
        @Override
        public Iterator<double[]> call(Iterator<Shard> shards) {
            double[] sums = null;
            while (shards.hasNext()) {
                Shard shard = shards.next();
                sums = sums == null ? new double[1 + 2 * outputs(shard)] : sums;
                for (int position = 0; position < shard.examples(); position++) {
                    add(shard, position, sums);
                }
            }
            return sums == null ? Collections.emptyIterator() : List.of(sums).iterator();
        }

        private static void add(Shard shard, int position, double[] sums) {
            int outputs = outputs(shard);
            int tile = position / Tile.EXAMPLES;
            double weight = shard.weights().length == 0 ? 1 : shard.weights()[position];
            sums[0] += weight;
            for (int o = 0; o < outputs; o++) {
                double target = shard.targets()[(tile * outputs + o) * Tile.EXAMPLES + position % Tile.EXAMPLES];
                sums[1 + 2 * o] += weight * target;
                sums[2 + 2 * o] += weight * target * target;
            }
        }
    }

    /**
     * Draws examples from the shards of one Spark partition.
     *
     * @param everyShard of so many shards one is drawn from
     * @param each examples drawn from it, at least one
     */
    private record Draw(int everyShard, int each) implements FlatMapFunction<Iterator<Shard>, List<Float>> {
        @Override
        public Iterator<List<Float>> call(Iterator<Shard> shards) {
            List<List<Float>> examples = new ArrayList<>();
            while (shards.hasNext()) {
                Shard shard = shards.next();
                if (shard.number() % everyShard == 0 && shard.examples() > 0) {
                    draw(shard, examples);
                }
            }
            return examples.iterator();
        }

        private void draw(Shard shard, List<List<Float>> examples) {
            int wanted = Math.min(shard.examples(), each);
            // odd, and from another example in each shard: else of a table that is repeated only some rows would be
            // seen
            int step = shard.examples() / wanted | 1;
            for (int i = 0; i < wanted; i++) {
                int example = (int) ((shard.number() / everyShard + (long) i * step) % shard.examples());
                int tile = example / Tile.EXAMPLES;
                int lane = example % Tile.EXAMPLES;
                int inputs = shard.features().length / (shard.tiles() * Tile.EXAMPLES);
                List<Float> values = new ArrayList<>(inputs + 1);
                for (int feature = 0; feature < inputs; feature++) {
                    values.add(shard.features()[(tile * inputs + feature) * Tile.EXAMPLES + lane]);
                }
                values.add(
                        outputs(shard) > 1 ? label(shard, tile, lane) : shard.targets()[tile * Tile.EXAMPLES + lane]);
                examples.add(values);
            }
        }
    }
}
