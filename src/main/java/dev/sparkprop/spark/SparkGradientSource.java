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
import dev.sparkprop.training.GradientSource;
import dev.sparkprop.training.Ledger;
import dev.sparkprop.training.Ledger.Phase;
import dev.sparkprop.training.ReductionTree;
import dev.sparkprop.training.ReductionTree.Node;
import dev.sparkprop.training.ShardEvaluator;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
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
    private final Ledger ledger;

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
                .mapPartitionsWithIndex(
                        new SumShards(
                                parameters,
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
        List<NodeSums> collected = nodes.collect();
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
        ledger.bookTasks(tasks, context.defaultParallelism());
    }

    private <T> T withParameters(List<float[]> candidates, Function<SentParameters, T> job) {
        SentParameters parameters = ledger.time(Phase.BROADCAST, () -> SentParameters.of(context, candidates));
        try {
            return ledger.time(Phase.SCHEDULE, () -> job.apply(parameters));
        } catch (Exception e) { // Spark throws checked exceptions that it does not declare
            throw TaskFailures.of(e, dataset.partitioning());
        } finally {
            ledger.time(Phase.BROADCAST, parameters::destroy);
        }
    }

    /** One partition's part of an evaluation. */
    private record SumShards(
            SentParameters sent,
            Batch batch,
            boolean gradients,
            Topology topology,
            KernelSelection selection,
            Sharding sharding,
            ShardPartitioning partitioning)
            implements Function2<Integer, Iterator<Shard>, Iterator<NodeSums>> {
        @Override
        public Iterator<NodeSums> call(Integer partition, Iterator<Shard> shards) {
            List<float[]> parameters = sent.candidates();
            Kernels kernels = selection.kernels();
            ShardEvaluator evaluator = Evaluators.take(topology, kernels);
            long start = System.nanoTime();
            evaluator.load(parameters);
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
}
