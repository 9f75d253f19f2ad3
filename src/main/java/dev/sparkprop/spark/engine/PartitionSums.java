package dev.sparkprop.spark.engine;

import dev.sparkprop.data.Shard;
import dev.sparkprop.data.Sharding;
import dev.sparkprop.evaluation.BatchShards;
import dev.sparkprop.evaluation.ReductionTree.Node;
import dev.sparkprop.evaluation.Request;
import dev.sparkprop.evaluation.ShardEvaluator;
import dev.sparkprop.kernel.KernelSelection;
import dev.sparkprop.kernel.Kernels;
import dev.sparkprop.network.GradientSum;
import dev.sparkprop.network.Topology;
import dev.sparkprop.spark.dataset.ShardPartitioning;
import dev.sparkprop.spark.dataset.ShardPartitioning.ShardRange;
import dev.sparkprop.spark.engine.NodeSums.Work;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntFunction;

/**
 * The computation of one task in an evaluation. It sums over the shards of its partitions, up to the highest nodes of
 * the reduction tree that they cover alone.
 */
record PartitionSums(Topology topology, KernelSelection kernels, Sharding sharding, ShardPartitioning partitioning)
        implements Serializable {

    /**
     * Returns the sums of the nodes that cover some partitions, in order.
     *
     * @param task the number of the task
     * @param partitions the partitions of the task, ascending
     * @param shards the shards of the partitions, in order
     */
    List<NodeSums> of(Request request, int task, List<Integer> partitions, Iterator<Shard> shards) {
        Kernels scalarOrVector = kernels.kernels();
        ShardEvaluator evaluator = EvaluatorPool.borrow(topology, scalarOrVector);
        long start = System.nanoTime();
        evaluator.load(request.candidates());
        List<NodeSums> nodes = new ArrayList<>();
        for (ShardRange range : partitioning.ranges(partitions)) {
            IntFunction<Shard> parts = BatchShards.of(
                    request.batch(), sharding, range.from(), range.until(), number -> next(shards, number));
            for (Node node : partitioning.nodes(range)) {
                List<GradientSum> sums = evaluator.sums(node, parts, request.pass());
                long end = System.nanoTime();
                nodes.add(new NodeSums(node, sums, new Work(task, end - start)));
                start = end;
            }
        }
        EvaluatorPool.giveBack(evaluator, topology, scalarOrVector);
        return nodes;
    }

    private static Shard next(Iterator<Shard> shards, int number) {
        Shard shard = shards.next();
        if (shard.number() != number) {
            throw new IllegalStateException("Shard " + shard.number() + " instead of shard " + number);
        }
        return shard;
    }
}
