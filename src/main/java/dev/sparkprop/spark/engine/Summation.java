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

/** What both engines do alike: parameters go out, tasks sum, their sums come together in the fixed tree. Records the time of each. */
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

    /** What a task computes from the shards of its partition. */
    PartitionSums ofPartition() {
        return new PartitionSums(topology, kernels, dataset.sharding(), dataset.partitioning());
    }

    /** Sends parameters to the tasks of the next job. */
    SentParameters send(List<float[]> candidates) {
        return ledger.time(Phase.BROADCAST, () -> SentParameters.of(context, candidates));
    }

    /** Removes them from the executors, after that job. */
    void remove(SentParameters parameters) {
        ledger.time(Phase.BROADCAST, parameters::destroy);
    }

    /**
     * The sums over all shards, one for each candidate: the driver adds up what the partitions have.
     *
     * @param nodes of all partitions
     * @param slots in which tasks ran at the same time
     */
    List<GradientSum> combine(List<NodeSums> nodes, int slots) {
        book(nodes.stream().map(NodeSums::work).toList(), slots);
        return ledger.time(Phase.COMBINE, () -> tree.combine(NodeSums.byNode(nodes)));
    }

    /** The same sums, added up on the executors: the driver receives one model's worth of bytes, not one for each partition. */
    List<GradientSum> combineOnExecutors(JavaRDD<NodeSums> nodes, int slots) {
        SlicedReduce.Reduced reduced =
                new SlicedReduce(tree, topology.parameterCount(), dataset.partitions()).reduce(nodes);
        book(reduced.works(), slots);
        ledger.book(Phase.COMBINE, reduced.nanos());
        return reduced.sums();
    }

    private void book(List<Work> works, int slots) {
        long[] tasks = new long[dataset.partitions()];
        works.forEach(work -> tasks[work.partition()] += work.nanos());
        ledger.bookTasks(tasks, slots);
    }
}
