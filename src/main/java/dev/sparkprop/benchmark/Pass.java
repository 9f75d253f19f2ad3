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
import java.util.List;
import java.util.stream.IntStream;

/** The forward and backward pass over one shard after the other, repeatedly: the work of a task, without Spark. */
final class Pass {
    private final List<Shard> shards;
    private final Backpropagation net;
    private final GradientSum sum;
    private int next;

    /** Creates a pass with its own workspace. */
    Pass(Topology topology, Kernels kernels, List<Shard> shards) {
        this.shards = shards;
        net = new Backpropagation(topology, kernels);
        double[] parameters = WeightInitializer.XAVIER.parameters(new ParameterLayout(topology), 1, 1);
        net.load(ParameterLayout.toFloat32(parameters));
        sum = new GradientSum(topology.parameterCount());
    }

    /**
     * Returns shards of random examples.
     *
     * @param maxExamples the number of examples, unless they take more than {@code maxBytes}
     */
    static List<Shard> shards(Topology topology, long maxExamples, long maxBytes) {
        Targets targets = topology.output() == Output.SOFTMAX ? Targets.ONE_OF : Targets.INDEPENDENT;
        RandomExamples one = new RandomExamples(topology.inputs(), topology.outputs(), targets, 1, 1);
        long examples = Math.min(maxExamples, Math.max(1, maxBytes / one.bytesPerExample()));
        RandomExamples source = new RandomExamples(topology.inputs(), topology.outputs(), targets, examples, 1);
        Sharding sharding = Sharding.of(source);
        return IntStream.range(0, sharding.shards())
                .mapToObj(number -> Shard.pack(source, sharding, number))
                .toList();
    }

    /** Processes the next shard, and returns it. */
    Shard next() {
        Shard shard = shards.get(next);
        net.addTo(sum, shard);
        next = (next + 1) % shards.size();
        return shard;
    }
}
