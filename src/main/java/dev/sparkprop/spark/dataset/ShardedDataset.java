package dev.sparkprop.spark.dataset;

import dev.sparkprop.data.Example;
import dev.sparkprop.data.ExampleSource;
import dev.sparkprop.data.Shard;
import dev.sparkprop.data.Sharding;
import dev.sparkprop.evaluation.Batch;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.RDDBlockId;
import org.apache.spark.storage.RDDInfo;
import org.apache.spark.storage.StorageLevel;
import scala.jdk.javaapi.CollectionConverters;

/** A dataset of shards, distributed over Spark's partitions, packed on the executors and cached there. */
public final class ShardedDataset implements AutoCloseable {
    /** How long to wait for Spark's storage statistics, which are used in messages only. */
    private static final long STATUS_MILLISECONDS = 5_000;

    private final Sharding sharding;
    private final ShardPartitioning partitioning;
    private final CheckShards packing;
    private final JavaRDD<Shard> shards;
    private final JavaSparkContext context;
    private String fingerprint = "";

    /**
     * Creates a dataset from a source, with nearly the same number of shards in each partition. Nothing is computed
     * before {@link #pack}.
     *
     * @param requestedPartitions the number of partitions, or empty for the default of {@link ShardPartitioning}
     */
    public ShardedDataset(
            JavaSparkContext context, ExampleSource source, Sharding sharding, OptionalInt requestedPartitions) {
        this(
                context,
                source,
                sharding,
                ShardPartitioning.of(context, sharding, source.bytesPerExample(), requestedPartitions));
    }

    private ShardedDataset(
            JavaSparkContext context, ExampleSource source, Sharding sharding, ShardPartitioning partitioning) {
        this(
                context,
                context.parallelize(List.<Integer>of(), partitioning.partitions())
                        .mapPartitionsWithIndex(new PackShards(source, sharding, partitioning), true),
                sharding,
                partitioning);
    }

    /** Creates a dataset from shards that are packed by the given RDD, in ascending order within each partition. */
    public ShardedDataset(
            JavaSparkContext context, JavaRDD<Shard> packed, Sharding sharding, ShardPartitioning partitioning) {
        this.sharding = sharding;
        this.partitioning = partitioning;
        this.context = context;
        this.packing = new CheckShards(sharding, context.sc().longAccumulator("shards packed"));
        this.shards = packed.mapPartitions(packing, true).setName("shards").persist(StorageLevel.MEMORY_AND_DISK());
    }

    /**
     * Packs and caches all shards. Returns the number of packed examples. A shard must be packed again if an executor
     * or its cache is lost. It is then compared with the shard packed by this call.
     */
    public long pack() {
        List<Packed> parts = describe();
        long[] fingerprints = parts.stream()
                .flatMapToLong(part -> LongStream.of(part.fingerprints()))
                .toArray();
        packing.expect(context.broadcast(fingerprints));
        fingerprint = sha256(fingerprints);
        return parts.stream().mapToLong(Packed::examples).sum();
    }

    private List<Packed> describe() {
        int slots = TaskSlots.of(context);
        // unequal groups would not be a partitioning of the shards, which the message about a failed task needs
        if (partitions() % slots != 0) {
            return collect(shards.mapPartitions(new DescribeShards(), true));
        }
        // a task packs consecutive partitions, so that an executor has few nodes of the reduction tree to send
        List<Integer> all = IntStream.range(0, partitions()).boxed().toList();
        JavaRDD<Shard> grouped =
                grouped(PartitionGroups.consecutive(all, slots)).toJavaRDD();
        return collect(
                grouped.mapPartitions(new DescribeShards(), true), new ShardPartitioning(sharding.shards(), slots));
    }

    private GroupedShards grouped(List<List<Integer>> groups) {
        return new GroupedShards(shards.rdd(), groups);
    }

    /** Returns the shards in one group per task slot, or fewer. Each group is stored on one executor. */
    public GroupedShards perSlot(int slots) {
        return grouped(PartitionGroups.byPlace(executors(), slots));
    }

    /** Returns the ID of the executor that stores each partition, or an empty string if none does. */
    private List<String> executors() {
        BlockId[] blocks = IntStream.range(0, partitions())
                .mapToObj(partition -> new RDDBlockId(shards.id(), partition))
                .toArray(BlockId[]::new);
        return CollectionConverters.asJava(
                        SparkEnv.get().blockManager().master().getLocations(blocks))
                .stream()
                .map(stored -> stored.isEmpty() ? "" : stored.head().executorId())
                .toList();
    }

    private static String sha256(long[] fingerprints) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(fingerprints.length, Long.BYTES));
        bytes.asLongBuffer().put(fingerprints);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is not available", e);
        }
    }

    /**
     * Returns the SHA-256 hash over the fingerprints of all packed shards in order. It does not depend on the
     * partitions.
     */
    public String fingerprint() {
        return fingerprint;
    }

    /** Returns the number of shards that have been packed again so far. */
    public long repacked() {
        return Math.max(0, packing.packed() - sharding.shards());
    }

    /** Returns the size in bytes of the shards cached in the executors' memory. */
    public long bytesInMemory() {
        return storage().mapToLong(RDDInfo::memSize).sum();
    }

    /**
     * Returns the size in bytes of the cached shards that do not fit in memory. Each evaluation reads them from disk.
     */
    public long bytesOnDisk() {
        return storage().mapToLong(RDDInfo::diskSize).sum();
    }

    private Stream<RDDInfo> storage() {
        try {
            // Spark's listeners learn about cached blocks slightly after the end of the tasks
            context.sc().listenerBus().waitUntilEmpty(STATUS_MILLISECONDS);
        } catch (TimeoutException e) {
            // use the statistics that have arrived
        }
        return Arrays.stream(shards.context().getRDDStorageInfo()).filter(info -> info.id() == shards.id());
    }

    /** Returns the examples of a batch, in the order of their numbers. They must fit in the driver's memory. */
    public List<Example> examples(Batch batch) {
        return collect(shards.mapPartitions(new BatchExamples(batch, sharding)));
    }

    /**
     * Collects the results of tasks over the shards. If tasks fail, the exception states which shards failed and why.
     */
    public <T> List<T> collect(JavaRDD<T> results) {
        return collect(results, partitioning);
    }

    /** Collects the results of tasks, whose shards the partitioning determines. */
    private static <T> List<T> collect(JavaRDD<T> results, ShardPartitioning tasks) {
        try {
            return results.collect();
        } catch (Exception e) { // Spark throws checked exceptions that it does not declare
            throw TaskFailures.of(e, tasks);
        }
    }

    /** Returns the shards, in ascending order within each partition. */
    public JavaRDD<Shard> shards() {
        return shards;
    }

    public ShardPartitioning partitioning() {
        return partitioning;
    }

    /** Returns the sharding of the dataset. */
    public Sharding sharding() {
        return sharding;
    }

    /** Returns the number of Spark partitions, including empty ones. */
    public int partitions() {
        return partitioning.partitions();
    }

    /** Releases the memory of the cached shards. */
    @Override
    public void close() {
        shards.unpersist(true);
    }

    private record PackShards(ExampleSource source, Sharding sharding, ShardPartitioning partitioning)
            implements Function2<Integer, Iterator<Integer>, Iterator<Shard>> {
        @Override
        public Iterator<Shard> call(Integer partition, Iterator<Integer> ignored) {
            return IntStream.range(partitioning.from(partition), partitioning.until(partition))
                    .mapToObj(number -> Shard.pack(source, sharding, number))
                    .iterator();
        }
    }

    /** A description of the shards packed in one partition. */
    @SuppressWarnings("ArrayRecordComponent") // never compared or printed
    private record Packed(long examples, long[] fingerprints) implements Serializable {}

    private record DescribeShards() implements FlatMapFunction<Iterator<Shard>, Packed> {
        @Override
        public Iterator<Packed> call(Iterator<Shard> shards) {
            long examples = 0;
            LongStream.Builder fingerprints = LongStream.builder();
            while (shards.hasNext()) {
                Shard shard = shards.next();
                examples += shard.examples();
                fingerprints.add(shard.fingerprint());
            }
            return List.of(new Packed(examples, fingerprints.build().toArray())).iterator();
        }
    }
}
