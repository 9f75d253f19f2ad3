package dev.sparkprop.benchmark;

import dev.sparkprop.data.Shard;
import dev.sparkprop.data.Sharding;
import dev.sparkprop.data.generated.RandomExamples;
import dev.sparkprop.data.generated.RandomExamples.Targets;
import dev.sparkprop.kernel.Kernels;
import dev.sparkprop.network.Backpropagation;
import dev.sparkprop.network.GradientSum;
import dev.sparkprop.network.Output;
import dev.sparkprop.network.ParameterLayout;
import dev.sparkprop.network.Topology;
import dev.sparkprop.network.WeightInitializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The speed at which one core computes cost and gradient.
 *
 * @param kernels name of the kernels
 * @param secondsPerTile time of a forward and backward pass over a tile, full or not
 */
public record KernelRate(String kernels, double secondsPerTile) {
    /** Maximum size of the data, which is passed over repeatedly: larger than most caches, as in a real pass. */
    private static final long MAX_BYTES = 64 << 20;

    private static final int REPETITIONS = 5;

    /**
     * Measures on the calling thread: a warm-up of the given time, then five repetitions that together take the same
     * time. Each repetition evaluates at least one shard. The result is their median.
     *
     * @param examples the number of examples in the dataset; a small dataset stays in a cache, as in a real pass
     */
    public static KernelRate measure(Topology topology, Kernels kernels, long examples, Duration time) {
        Targets targets = topology.output() == Output.SOFTMAX ? Targets.ONE_OF : Targets.INDEPENDENT;
        RandomExamples one = new RandomExamples(topology.inputs(), topology.outputs(), targets, 1, 1);
        long maxExamples = Math.max(1, MAX_BYTES / one.bytesPerExample());
        Pass pass = new Pass(
                topology,
                kernels,
                new RandomExamples(topology.inputs(), topology.outputs(), targets, Math.min(examples, maxExamples), 1));
        pass.secondsPerTile(time);
        List<Double> seconds = new ArrayList<>();
        for (int repetition = 0; repetition < REPETITIONS; repetition++) {
            seconds.add(pass.secondsPerTile(time.dividedBy(REPETITIONS)));
        }
        return new KernelRate(kernels.name(), Throughput.median(seconds));
    }

    /** Evaluates one shard after the other, repeatedly. */
    private static final class Pass {
        private final List<Shard> shards = new ArrayList<>();
        private final Backpropagation net;
        private final GradientSum sum;
        private int next;

        Pass(Topology topology, Kernels kernels, RandomExamples source) {
            Sharding sharding = Sharding.of(source);
            for (int number = 0; number < sharding.shards(); number++) {
                shards.add(Shard.pack(source, sharding, number));
            }
            net = new Backpropagation(topology, kernels);
            double[] parameters = WeightInitializer.XAVIER.parameters(new ParameterLayout(topology), 1, 1);
            net.load(ParameterLayout.toFloat32(parameters));
            sum = new GradientSum(topology.parameterCount());
        }

        double secondsPerTile(Duration time) {
            long start = System.nanoTime();
            long tiles = 0;
            do {
                net.addTo(sum, shards.get(next));
                tiles += shards.get(next).tiles();
                next = (next + 1) % shards.size();
            } while (System.nanoTime() - start < time.toNanos());
            return (System.nanoTime() - start) / 1e9 / tiles;
        }
    }
}
