package dev.sparkprop.spark.engine;

import dev.sparkprop.evaluation.ReductionTree;
import dev.sparkprop.kernel.KernelSelection;
import dev.sparkprop.network.GradientSum;
import dev.sparkprop.network.Topology;
import dev.sparkprop.spark.dataset.SentParameters;
import dev.sparkprop.spark.dataset.ShardedDataset;
import dev.sparkprop.spark.engine.NodeSums.Work;
import dev.sparkprop.training.Ledger;
import dev.sparkprop.training.Ledger.Phase;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * The steps that both engines share: send the parameters, sum in tasks, and combine the sums in the fixed reduction
 * tree. Records the time of each step.
 */
final class Summation {
    private final JavaSparkContext context;
    private final ShardedDataset dataset;
    private final Topology topology;
    private final KernelSelection kernels;
    private final Ledger ledger;
    private final ReductionTree tree;

    Summation(
            JavaSparkContext context,
            ShardedDataset dataset,
            Topology topology,
            KernelSelection kernels,
            Ledger ledger) {
        this.context = context;
        this.dataset = dataset;
        this.topology = topology;
        this.kernels = kernels;
        this.ledger = ledger;
        this.tree = new ReductionTree(dataset.sharding().shards());
    }

    Topology topology() {
        return topology;
    }

    /** Returns the computation that a task runs on the shards of its partition. */
    PartitionSums ofPartition() {
        return new PartitionSums(topology, kernels, dataset.sharding(), dataset.partitioning());
    }

    /** Sends parameters to the tasks of the next job. */
    SentParameters send(List<float[]> candidates) {
        return ledger.time(Phase.BROADCAST, () -> SentParameters.of(context, candidates));
    }

    /** Removes the parameters from the executors after that job. */
    void remove(SentParameters parameters) {
        ledger.time(Phase.BROADCAST, parameters::destroy);
    }

    /**
     * Combines the partitions' sums on the driver. Returns the sums over all shards, one for each candidate.
     *
     * @param nodes the sums of all partitions
     * @param slots the number of tasks that ran concurrently
     */
    List<GradientSum> combine(List<NodeSums> nodes, int slots) {
        book(nodes.stream().map(NodeSums::work).toList(), slots);
        return ledger.time(Phase.COMBINE, () -> tree.combine(NodeSums.byNode(nodes)));
    }

    /**
     * Computes the same sums as {@link #combine}, but combines them on the executors. The driver then receives one
     * set of sums instead of one per partition.
     */
    List<GradientSum> combineOnExecutors(JavaRDD<NodeSums> nodes, int slots) {
        SlicedReduce.Reduced reduced =
                new SlicedReduce(tree, topology.parameterCount(), dataset.partitions()).reduce(nodes);
        book(reduced.works(), slots);
        ledger.book(Phase.COMBINE, reduced.nanos());
        return reduced.sums();
    }

    private void book(List<Work> works, int slots) {
        long[] tasks = new long[dataset.partitions()];
        works.forEach(work -> tasks[work.task()] += work.nanos());
        ledger.bookTasks(tasks, slots);
    }
}
