package dev.sparkprop.spark;

import dev.sparkprop.data.Shard;
import dev.sparkprop.kernel.KernelSelection;
import dev.sparkprop.network.GradientSum;
import dev.sparkprop.network.Topology;
import dev.sparkprop.spark.NodeSums.Work;
import dev.sparkprop.training.Batch;
import dev.sparkprop.training.GradientSource;
import dev.sparkprop.training.Ledger;
import dev.sparkprop.training.Ledger.Phase;
import dev.sparkprop.training.ReductionTree;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.network.util.JavaUtils;

/**
 * Sums over a {@link ShardedDataset}, one Spark job an evaluation: the parameters go out as a broadcast, each partition runs
 * forward and backward over its shards and adds their sums up as far as the tree allows, and the driver adds the rest.
 */
public final class SparkGradientSource implements GradientSource {
    /** Sums beyond this are added up on the executors before they come to the driver. */
    private static final long DIRECT_BYTES = 256L << 20;

    private static final String MAX_RESULT_SIZE = "spark.driver.maxResultSize";

    /** Of what a task sends, at most: names of classes, shapes, and Spark's own figures of it. */
    private static final long BYTES_BESIDE_SUMS = 16 << 10;

    private final JavaSparkContext context;
    private final ShardedDataset dataset;
    private final Topology topology;
    private final KernelSelection selection;
    private final long directBytes;
    /** Tasks that ran at the same time in the newest evaluation. */
    private int slots;

    private final Ledger ledger;

    /**
     * Sums over a dataset, by a clock that nobody looks at.
     *
     * @throws ResultSizeException if Spark would not let the driver have the sums
     */
    public SparkGradientSource(
            JavaSparkContext context, ShardedDataset dataset, Topology topology, KernelSelection selection) {
        this(context, dataset, topology, selection, new Ledger());
    }

    /**
     * Sums over a dataset.
     *
     * @param ledger in which the time of evaluations is booked
     * @throws ResultSizeException if Spark would not let the driver have the sums
     */
    public SparkGradientSource(
            JavaSparkContext context,
            ShardedDataset dataset,
            Topology topology,
            KernelSelection selection,
            Ledger ledger) {
        this(
                context,
                dataset,
                topology,
                selection,
                ledger,
                Math.min(DIRECT_BYTES, bytesFreeForSums(context, dataset, topology)));
    }

    /** What Spark lets the results of one job be in all, without what comes with the sums. */
    private static long bytesFreeForSums(JavaSparkContext context, ShardedDataset dataset, Topology topology) {
        String most = context.getConf().get(MAX_RESULT_SIZE, "1g");
        long bytes = JavaUtils.byteStringAsBytes(most);
        if (bytes == 0) {
            return Long.MAX_VALUE;
        }
        long beside = (long) dataset.partitions() * BYTES_BESIDE_SUMS;
        long sum = (long) topology.parameterCount() * Double.BYTES;
        if (bytes < sum + beside) {
            throw new ResultSizeException("Invalid " + MAX_RESULT_SIZE + ": " + most + " (must be at least "
                    + ((sum + beside >> 20) + 1) + "m for a net with " + topology.parameterCount()
                    + " parameters; give it with --spark " + MAX_RESULT_SIZE + "=…)");
        }
        return bytes - beside;
    }

    SparkGradientSource(
            JavaSparkContext context,
            ShardedDataset dataset,
            Topology topology,
            KernelSelection selection,
            Ledger ledger,
            long directBytes) {
        this.directBytes = directBytes;
        this.context = context;
        this.dataset = dataset;
        this.topology = topology;
        this.selection = selection;
        this.ledger = ledger;
        this.slots = TaskSlots.of(context);
    }

    @Override
    public long examples() {
        return dataset.sharding().examples();
    }

    @Override
    public List<GradientSum> evaluate(List<float[]> candidates, Batch batch) {
        return withParameters(candidates, parameters -> {
            JavaRDD<NodeSums> nodes = sums(parameters, batch, true);
            return SlicedReduce.pays(dataset.partitioning(), topology, candidates.size(), directBytes)
                    ? reduce(nodes)
                    : combine(nodes);
        });
    }

    @Override
    public List<GradientSum> losses(List<float[]> candidates) {
        return withParameters(candidates, parameters -> combine(sums(parameters, Batch.whole(examples()), false)));
    }

    private JavaRDD<NodeSums> sums(SentParameters parameters, Batch batch, boolean gradients) {
        return dataset.shards()
                .mapPartitionsWithIndex(new SumShards(parameters, batch, gradients, partitionSums()), true);
    }

    /** What each task computes. */
    PartitionSums partitionSums() {
        return new PartitionSums(topology, selection, dataset.sharding(), dataset.partitioning());
    }

    private ReductionTree tree() {
        return new ReductionTree(dataset.sharding().shards());
    }

    private List<GradientSum> combine(JavaRDD<NodeSums> nodes) {
        return combine(nodes.collect());
    }

    /** The sums of the whole tree, from those of all partitions. */
    List<GradientSum> combine(List<NodeSums> collected) {
        book(collected.stream().map(NodeSums::work).toList());
        return ledger.time(Phase.COMBINE, () -> tree().combine(NodeSums.byNode(collected)));
    }

    private List<GradientSum> reduce(JavaRDD<NodeSums> nodes) {
        SlicedReduce.Reduced reduced =
                new SlicedReduce(tree(), topology.parameterCount(), dataset.partitions()).reduce(nodes);
        book(reduced.works());
        ledger.book(Phase.COMBINE, reduced.nanos());
        return reduced.sums();
    }

    private void book(List<Work> works) {
        long[] tasks = new long[dataset.partitions()];
        works.forEach(work -> tasks[work.partition()] += work.nanos());
        ledger.bookTasks(tasks, slots);
    }

    private <T> T withParameters(List<float[]> candidates, Function<SentParameters, T> job) {
        SentParameters parameters = ledger.time(Phase.BROADCAST, () -> SentParameters.of(context, candidates));
        try {
            return ledger.time(Phase.SCHEDULE, () -> job.apply(parameters));
        } catch (Exception e) { // Spark throws checked exceptions that it does not declare
            throw TaskFailures.of(e, dataset.partitioning());
        } finally {
            // executors come and go
            slots = TaskSlots.of(context);
            ledger.time(Phase.BROADCAST, parameters::destroy);
        }
    }

    private record SumShards(SentParameters parameters, Batch batch, boolean gradients, PartitionSums sums)
            implements Function2<Integer, Iterator<Shard>, Iterator<NodeSums>> {
        @Override
        public Iterator<NodeSums> call(Integer partition, Iterator<Shard> shards) {
            return sums.of(parameters.candidates(), batch, gradients, partition, shards)
                    .iterator();
        }
    }
}
