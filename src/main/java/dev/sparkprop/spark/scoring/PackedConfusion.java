package dev.sparkprop.spark.scoring;

import dev.sparkprop.data.Shard;
import dev.sparkprop.data.Tile;
import dev.sparkprop.kernel.KernelSelection;
import dev.sparkprop.metrics.Confusion;
import dev.sparkprop.network.Backpropagation;
import dev.sparkprop.network.Output;
import dev.sparkprop.network.ParameterLayout;
import dev.sparkprop.network.Topology;
import dev.sparkprop.spark.dataset.SentParameters;
import dev.sparkprop.spark.dataset.ShardedDataset;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;

/** Computes the confusion matrix of a packed dataset. The result does not depend on the partitions. */
public final class PackedConfusion {
    private PackedConfusion() {}

    /**
     * Returns the number of classes that a network distinguishes; 0 if it does not predict a single class per
     * example.
     */
    public static int classes(Topology topology) {
        return switch (topology.output()) {
            case SIGMOID -> topology.outputs() == 1 ? 2 : 0;
            case SOFTMAX -> topology.outputs();
            case LINEAR -> 0;
        };
    }

    /**
     * Returns the confusion matrix of a classifying network over all examples. Runs one forward pass in a Spark job.
     *
     * @param classWeights the factors in the weights of the examples, which are not counted; empty if all are 1
     */
    public static Confusion of(
            JavaSparkContext context,
            ShardedDataset dataset,
            Topology topology,
            KernelSelection kernels,
            double[] parameters,
            List<Double> classWeights) {
        SentParameters sent = SentParameters.of(context, List.of(ParameterLayout.toFloat32(parameters)));
        try {
            Confusion sum = new Confusion(classes(topology));
            dataset.collect(dataset.shards().mapPartitions(new Count(topology, kernels, sent, classWeights), true))
                    .forEach(sum::add);
            return sum;
        } finally {
            sent.destroy();
        }
    }

    /** Returns the class that an example's targets encode. */
    static int label(Shard shard, int position) {
        if (shard.outputs() == 1) {
            return shard.target(position, 0) > 0.5 ? 1 : 0;
        }
        double[] targets = new double[shard.outputs()];
        for (int o = 0; o < targets.length; o++) {
            targets[o] = shard.target(position, o);
        }
        return Output.predictedClass(targets);
    }

    /** Counts the predictions for one Spark partition. */
    private record Count(
            Topology topology, KernelSelection kernels, SentParameters parameters, List<Double> classWeights)
            implements FlatMapFunction<Iterator<Shard>, Confusion> {
        @Override
        public Iterator<Confusion> call(Iterator<Shard> shards) {
            Backpropagation forward = new Backpropagation(topology, kernels.kernels());
            forward.load(parameters.candidates().get(0));
            Confusion confusion = new Confusion(classes(topology));
            float[] outputs = new float[topology.outputs() * Tile.EXAMPLES];
            while (shards.hasNext()) {
                Shard shard = shards.next();
                for (int tile = 0; tile < shard.tiles(); tile++) {
                    forward.preActivations(shard.features(), tile * topology.inputs() * Tile.EXAMPLES, outputs, 0);
                    count(shard, tile, outputs, confusion);
                }
            }
            return List.of(confusion).iterator();
        }

        private void count(Shard shard, int tile, float[] outputs, Confusion confusion) {
            for (int lane = 0; lane < shard.occupied(tile); lane++) {
                double[] z = Tile.lane(outputs, topology.outputs(), lane);
                int position = tile * Tile.EXAMPLES + lane;
                int label = label(shard, position);
                // a shard stores weights in float32
                float factor =
                        classWeights.isEmpty() ? 1 : classWeights.get(label).floatValue();
                confusion.add(label, Output.predictedClass(z), (double) shard.weight(position) / factor);
            }
        }
    }
}
