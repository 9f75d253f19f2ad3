package dev.sparkprop.spark;

import dev.sparkprop.data.Shard;
import dev.sparkprop.data.Sharding;
import dev.sparkprop.kernel.KernelSelection;
import dev.sparkprop.kernel.Kernels;
import dev.sparkprop.network.GradientSum;
import dev.sparkprop.network.Topology;
import dev.sparkprop.training.Batch;
import dev.sparkprop.training.BatchShards;
import dev.sparkprop.training.GradientSource;
import dev.sparkprop.training.ReductionTree;
import dev.sparkprop.training.ReductionTree.Node;
import dev.sparkprop.training.ShardEvaluator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.network.util.JavaUtils;

/**
 * Sums over a {@link ShardedDataset}, one Spark job an evaluation: the parameters go out as a broadcast, each partition runs
 * forward and backward over its shards and adds their sums up as far as the tree allows, and the driver adds the rest.
 */
public final class SparkGradientSource implements GradientSource {
    /** Share of a run's time that goes into timing empty jobs among the others. */
    private static final double EMPTY_JOB_SHARE = 0.01;

    /** Empty jobs whose median is told. The first ones of a run take several times as long, until the JIT knows Spark's code. */
    private static final int EMPTY_JOBS = 31;

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
    private long evaluationNanos;
    private long emptyJobNanos;
    private int emptyJobs;
    /** The latest of them, in milliseconds. */
    private final double[] latestEmptyJobs = new double[EMPTY_JOBS];

    /**
     * Sums over a dataset.
     *
     * @throws ResultSizeException if Spark would not let the driver have the sums
     */
    public SparkGradientSource(
            JavaSparkContext context, ShardedDataset dataset, Topology topology, KernelSelection selection) {
        this(
                context,
                dataset,
                topology,
                selection,
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
            long directBytes) {
        this.directBytes = directBytes;
        this.context = context;
        this.dataset = dataset;
        this.topology = topology;
        this.selection = selection;
    }

    @Override
    public long examples() {
        return dataset.sharding().examples();
    }

    @Override
    public List<GradientSum> evaluate(List<float[]> candidates, Batch batch) {
        long start = System.nanoTime();
        List<GradientSum> sums = withBroadcast(candidates, broadcast -> {
            JavaRDD<NodeSums> nodes = sums(broadcast, batch, true);
            return SlicedReduce.pays(dataset.partitioning(), topology, candidates.size(), directBytes)
                    ? new SlicedReduce(tree(), topology.parameterCount(), dataset.partitions()).reduce(nodes)
                    : combine(nodes);
        });
        evaluationNanos += System.nanoTime() - start;
        if (emptyJobNanos <= EMPTY_JOB_SHARE * evaluationNanos) {
            timeEmptyJob(candidates);
        }
        return sums;
    }

    @Override
    public List<GradientSum> losses(List<float[]> candidates) {
        return withBroadcast(candidates, broadcast -> combine(sums(broadcast, Batch.whole(examples()), false)));
    }

    private JavaRDD<NodeSums> sums(Broadcast<List<float[]>> candidates, Batch batch, boolean gradients) {
        return dataset.shards()
                .mapPartitionsWithIndex(
                        new SumShards(
                                candidates,
                                batch,
                                gradients,
                                topology,
                                selection,
                                dataset.sharding(),
                                dataset.partitioning()),
                        true);
    }

    private ReductionTree tree() {
        return new ReductionTree(dataset.sharding().shards());
    }

    private List<GradientSum> combine(JavaRDD<NodeSums> nodes) {
        return tree().combine(NodeSums.byNode(nodes.collect().iterator()));
    }

    /**
     * Runs a job that broadcasts the same bytes to as many tasks, which read them and do nothing. Now and then between two
     * evaluations, because the speed of a shared machine changes in the course of a run.
     */
    private void timeEmptyJob(List<float[]> candidates) {
        long start = System.nanoTime();
        withBroadcast(
                candidates,
                broadcast -> dataset.emptyPartitions(context)
                        .mapPartitionsWithIndex(new ReadBroadcast(broadcast), true)
                        .collect());
        long nanos = System.nanoTime() - start;
        emptyJobNanos += nanos;
        latestEmptyJobs[emptyJobs % EMPTY_JOBS] = nanos / 1e6;
        emptyJobs++;
    }

    /** What Spark alone costs in an evaluation: the median milliseconds of the latest empty jobs. NaN before the first. */
    public double emptyJobMilliseconds() {
        double[] latest = Arrays.copyOf(latestEmptyJobs, Math.min(emptyJobs, EMPTY_JOBS));
        Arrays.sort(latest);
        return latest.length == 0 ? Double.NaN : latest[latest.length / 2];
    }

    private <T> List<T> withBroadcast(List<float[]> candidates, Function<Broadcast<List<float[]>>, List<T>> job) {
        // in local mode a broadcast value is the driver's own object, so it gets copies that nobody else can write to
        List<float[]> copies = new ArrayList<>(candidates.size());
        candidates.forEach(candidate -> copies.add(candidate.clone()));
        Broadcast<List<float[]>> broadcast = context.broadcast(copies);
        try {
            return job.apply(broadcast);
        } catch (Exception e) { // Spark throws checked exceptions that it does not declare
            throw TaskFailures.of(e, dataset.partitioning());
        } finally {
            broadcast.destroy();
        }
    }

    /** One partition's part of an evaluation. */
    private record SumShards(
            Broadcast<List<float[]>> candidates,
            Batch batch,
            boolean gradients,
            Topology topology,
            KernelSelection selection,
            Sharding sharding,
            ShardPartitioning partitioning)
            implements Function2<Integer, Iterator<Shard>, Iterator<NodeSums>> {
        @Override
        public Iterator<NodeSums> call(Integer partition, Iterator<Shard> shards) {
            Kernels kernels = selection.kernels();
            ShardEvaluator evaluator = Evaluators.take(topology, kernels);
            evaluator.load(candidates.value());
            IntFunction<Shard> parts = BatchShards.of(
                    batch,
                    sharding,
                    partitioning.from(partition),
                    partitioning.until(partition),
                    number -> next(shards, number));
            List<NodeSums> partials = new ArrayList<>();
            for (Node node : partitioning.nodes(partition)) {
                partials.add(
                        new NodeSums(node, gradients ? evaluator.sum(node, parts) : evaluator.losses(node, parts)));
            }
            Evaluators.giveBack(evaluator, topology, kernels);
            return partials.iterator();
        }

        private static Shard next(Iterator<Shard> shards, int number) {
            Shard shard = shards.next();
            if (shard.number() != number) {
                throw new IllegalStateException("Shard " + shard.number() + " came where " + number + " was due");
            }
            return shard;
        }
    }

    private record ReadBroadcast(Broadcast<List<float[]>> candidates)
            implements Function2<Integer, Iterator<Integer>, Iterator<Integer>> {
        @Override
        public Iterator<Integer> call(Integer partition, Iterator<Integer> nothing) {
            return List.of(candidates.value().size()).iterator();
        }
    }
}
