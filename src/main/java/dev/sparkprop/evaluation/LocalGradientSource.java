package dev.sparkprop.evaluation;

import dev.sparkprop.data.ExampleSource;
import dev.sparkprop.data.Shard;
import dev.sparkprop.data.Sharding;
import dev.sparkprop.kernel.Kernels;
import dev.sparkprop.network.Topology;
import dev.sparkprop.optimizer.CostAndGradient;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** Sums over data in this process, on the caller's thread: for small data, and as the oracle for distributed sums. */
public final class LocalGradientSource implements GradientSource {
    private final Topology topology;
    private final Sharding sharding;
    private final ReductionTree tree;
    private final List<Shard> shards;
    private final ShardEvaluator evaluator;

    /** Packs all examples of a source. */
    public LocalGradientSource(ExampleSource source, Sharding sharding, Topology topology, Kernels kernels) {
        this.topology = topology;
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
    public List<CostAndGradient> evaluate(Request request) {
        evaluator.load(request.candidates());
        IntFunction<Shard> parts = BatchShards.of(request.batch(), sharding, 0, sharding.shards(), shards::get);
        return Means.of(evaluator.sums(tree.root(), parts, request.pass()), topology);
    }
}
