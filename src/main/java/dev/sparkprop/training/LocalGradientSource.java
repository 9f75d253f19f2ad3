package dev.sparkprop.training;

import dev.sparkprop.data.ExampleSource;
import dev.sparkprop.data.Shard;
import dev.sparkprop.data.Sharding;
import dev.sparkprop.kernel.Kernels;
import dev.sparkprop.network.GradientSum;
import dev.sparkprop.network.Topology;
import java.util.List;
import java.util.stream.IntStream;

/** Sums over data held in this process, on the caller's thread: for small data, and the oracle for distributed sums. */
public final class LocalGradientSource implements GradientSource {
    private final Sharding sharding;
    private final ReductionTree tree;
    private final List<Shard> shards;
    private final ShardEvaluator evaluator;

    /** Packs all examples of a source. */
    public LocalGradientSource(ExampleSource source, Sharding sharding, Topology topology, Kernels kernels) {
        this.sharding = sharding;
        tree = new ReductionTree(sharding.shards());
        shards = IntStream.range(0, sharding.shards())
                .mapToObj(number -> Shard.pack(source, sharding, number))
                .toList();
        evaluator = new ShardEvaluator(topology, kernels);
    }

    @Override
    public long examples() {
        return sharding.examples();
    }

    @Override
    public List<GradientSum> evaluate(List<float[]> candidates, Batch batch) {
        evaluator.load(candidates);
        return evaluator.sum(tree.root(), BatchShards.of(batch, sharding, 0, sharding.shards(), shards::get));
    }

    @Override
    public List<GradientSum> losses(List<float[]> candidates) {
        evaluator.load(candidates);
        return evaluator.losses(tree.root(), shards::get);
    }
}
