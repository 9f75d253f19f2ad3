package dev.sparkprop.spark.engine;

import dev.sparkprop.data.Shard;
import dev.sparkprop.evaluation.Batch;
import dev.sparkprop.evaluation.GradientSource;
import dev.sparkprop.evaluation.Means;
import dev.sparkprop.evaluation.Pass;
import dev.sparkprop.evaluation.Request;
import dev.sparkprop.network.GradientSum;
import dev.sparkprop.optimizer.CostAndGradient;
import dev.sparkprop.spark.dataset.SentParameters;
import dev.sparkprop.spark.dataset.ShardedDataset;
import dev.sparkprop.spark.dataset.TaskSlots;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;

/** Runs one Spark job per evaluation. */
final class JobGradientSource implements GradientSource {
    private final JavaSparkContext context;
    private final ShardedDataset dataset;
    private final Summation summation;
    /** Maximum number of bytes of sums that the driver collects. Larger sums are combined on the executors. */
    private final long directBytes;

    JobGradientSource(JavaSparkContext context, ShardedDataset dataset, Summation summation, long directBytes) {
        this.context = context;
        this.dataset = dataset;
        this.summation = summation;
        this.directBytes = directBytes;
    }

    @Override
    public long examples() {
        return dataset.sharding().examples();
    }

    /**
     * Sends the parameters to the executors in a broadcast or, if they are small, within the tasks. Each task runs
     * the forward and backward passes over the shards of its partition. It adds up their sums as far up the reduction
     * tree as the partition allows. The driver or, for large sums, the executors add up the rest of the tree. The
     * sums over all shards are divided once, at the end.
     */
    @Override
    public List<CostAndGradient> evaluate(Request request) {
        SentParameters parameters = summation.send(request.candidates());
        try {
            JavaRDD<NodeSums> nodes = dataset.shards()
                    .mapPartitionsWithIndex(
                            new EvaluatePartition(parameters, request.batch(), request.pass(), summation.ofPartition()),
                            true);
            int slots = TaskSlots.of(context);
            List<GradientSum> sums = isLarge(request)
                    ? summation.combineOnExecutors(nodes, slots)
                    : summation.combine(nodes.collect(), slots);
            return Means.of(sums, summation.topology());
        } finally {
            summation.remove(parameters);
        }
    }

    private boolean isLarge(Request request) {
        return request.pass() == Pass.GRADIENT
                && SlicedReduce.isWorthwhile(
                        dataset.partitioning(),
                        summation.topology(),
                        request.candidates().size(),
                        directBytes);
    }

    private record EvaluatePartition(SentParameters parameters, Batch batch, Pass pass, PartitionSums sums)
            implements Function2<Integer, Iterator<Shard>, Iterator<NodeSums>> {
        @Override
        public Iterator<NodeSums> call(Integer partition, Iterator<Shard> shards) {
            return sums.of(new Request(parameters.candidates(), batch, pass), partition, List.of(partition), shards)
                    .iterator();
        }
    }
}
