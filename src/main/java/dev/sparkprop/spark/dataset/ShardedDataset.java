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
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.storage.RDDInfo;
import org.apache.spark.storage.StorageLevel;

/** A dataset as shards spread over Spark's partitions, packed on the executors and cached there. */
public final class ShardedDataset implements AutoCloseable {
    /** How long to wait for Spark's figures, which nothing but a message depends on. */
    private static final long STATUS_MILLISECONDS = 5_000;

    private final Sharding sharding;
    private final ShardPartitioning partitioning;
    private final CheckShards packing;
    private final JavaRDD<Shard> shards;
    private final JavaSparkContext context;
    private String fingerprint = "";

    /**
     * Lays out a source over partitions of nearly equal numbers of shards; nothing is computed before {@link #pack}.
     *
     * @param wanted number of partitions; if empty, one for each core, or several where one would exceed 128 MiB
     */
    public ShardedDataset(JavaSparkContext context, ExampleSource source, Sharding sharding, OptionalInt wanted) {
        this(context, source, sharding, ShardPartitioning.of(context, sharding, source.bytesPerExample(), wanted));
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

    /** Lays out shards that somebody else packs, each partition's in ascending order. */
    public ShardedDataset(
            JavaSparkContext context, JavaRDD<Shard> packed, Sharding sharding, ShardPartitioning partitioning) {
        this.sharding = sharding;
        this.partitioning = partitioning;
        this.context = context;
        this.packing = new CheckShards(sharding, context.sc().longAccumulator("shards packed"));
        this.shards = packed.mapPartitions(packing, true).setName("shards").persist(StorageLevel.MEMORY_AND_DISK());
    }

    /**
     * Packs all shards and caches them; returns the number of examples packed. A shard that must be packed again later on,
     * because an executor or its cache was lost, is compared with what it was now.
     */
    public long pack() {
        List<Packed> parts = collect(shards.mapPartitions(new DescribeShards(), true));
        long[] fingerprints = parts.stream()
                .flatMapToLong(part -> LongStream.of(part.fingerprints()))
                .toArray();
        packing.expect(context.broadcast(fingerprints));
        fingerprint = sha256(fingerprints);
        return parts.stream().mapToLong(Packed::examples).sum();
    }

    private static String sha256(long[] fingerprints) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(fingerprints.length, Long.BYTES));
        bytes.asLongBuffer().put(fingerprints);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes.array()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** SHA-256 over the fingerprints of all packed shards in their order, whatever the partitions. */
    public String fingerprint() {
        return fingerprint;
    }

    /** Shards that had to be packed again, so far. */
    public long repacked() {
        return Math.max(0, packing.packed() - sharding.shards());
    }

    /** Bytes of cached shards in the executors' memory. */
    public long bytesInMemory() {
        return storage().mapToLong(RDDInfo::memSize).sum();
    }

    /** Bytes of cached shards that found no room in memory and are read from disk in each evaluation. */
    public long bytesOnDisk() {
        return storage().mapToLong(RDDInfo::diskSize).sum();
    }

    private Stream<RDDInfo> storage() {
        try {
            // Spark hears of what its tasks cached a little later than of their ends
            context.sc().listenerBus().waitUntilEmpty(STATUS_MILLISECONDS);
        } catch (TimeoutException e) {
            // then the figures are of what it has heard
        }
        return Arrays.stream(shards.context().getRDDStorageInfo()).filter(info -> info.id() == shards.id());
    }

    /** The examples of a batch, in the order of their numbers; all of them have to find room in the driver. */
    public List<Example> examples(Batch batch) {
        return collect(shards.mapPartitions(new BatchExamples(batch, sharding)));
    }

    /** What tasks made of the shards; if they failed, it is said which shards and why. */
    public <T> List<T> collect(JavaRDD<T> results) {
        try {
            return results.collect();
        } catch (Exception e) { // Spark throws checked exceptions that it does not declare
            throw TaskFailures.of(e, partitioning);
        }
    }

    /** The shards, each partition's in ascending order. */
    public JavaRDD<Shard> shards() {
        return shards;
    }

    public ShardPartitioning partitioning() {
        return partitioning;
    }

    /** How the dataset is cut. */
    public Sharding sharding() {
        return sharding;
    }

    /** Number of Spark partitions, some of them perhaps empty. */
    public int partitions() {
        return partitioning.partitions();
    }

    /** Gives the cached shards' memory back. */
    @Override
    public void close() {
        shards.unpersist(true);
    }

    private record PackShards(ExampleSource source, Sharding sharding, ShardPartitioning partitioning)
            implements Function2<Integer, Iterator<Integer>, Iterator<Shard>> {
        @Override
        public Iterator<Shard> call(Integer partition, Iterator<Integer> nothing) {
            return IntStream.range(partitioning.from(partition), partitioning.until(partition))
                    .mapToObj(number -> Shard.pack(source, sharding, number))
                    .iterator();
        }
    }

    /** What was packed in one partition. */
    @SuppressWarnings("ArrayRecordComponent") // a carrier: never compared, never printed
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
