package dev.sparkprop.spark;

import dev.sparkprop.data.Shard;
import dev.sparkprop.data.Sharding;
import dev.sparkprop.kernel.KernelSelection;
import dev.sparkprop.kernel.Kernels;
import dev.sparkprop.network.GradientSum;
import dev.sparkprop.network.Topology;
import dev.sparkprop.spark.NodeSums.Work;
import dev.sparkprop.training.Batch;
import dev.sparkprop.training.BatchShards;
import dev.sparkprop.training.ReductionTree.Node;
import dev.sparkprop.training.ShardEvaluator;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntFunction;

/** What a task computes of one partition in an evaluation: the sums over its shards, as far up the tree as they reach. */
record PartitionSums(Topology topology, KernelSelection selection, Sharding sharding, ShardPartitioning partitioning)
        implements Serializable {

    /**
     * The sums at some candidates.
     *
     * @param gradients whether those of the gradient are wanted too
     * @param shards of the partition, in their order
     */
    List<NodeSums> of(List<float[]> candidates, Batch batch, boolean gradients, int partition, Iterator<Shard> shards) {
        Kernels kernels = selection.kernels();
        ShardEvaluator evaluator = Evaluators.take(topology, kernels);
        long start = System.nanoTime();
        evaluator.load(candidates);
        IntFunction<Shard> parts = BatchShards.of(
                batch,
                sharding,
                partitioning.from(partition),
                partitioning.until(partition),
                number -> next(shards, number));
        List<NodeSums> partials = new ArrayList<>();
        for (Node node : partitioning.nodes(partition)) {
            List<GradientSum> sums = gradients ? evaluator.sum(node, parts) : evaluator.losses(node, parts);
            long end = System.nanoTime();
            partials.add(new NodeSums(node, sums, new Work(partition, end - start)));
            start = end;
        }
        Evaluators.giveBack(evaluator, topology, kernels);
        return partials;
    }

    private static Shard next(Iterator<Shard> shards, int number) {
        Shard shard = shards.next();
        if (shard.number() != number) {
            throw new IllegalStateException("Shard " + shard.number() + " came where " + number + " was due");
        }
        return shard;
    }
}
