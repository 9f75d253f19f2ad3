package dev.sparkprop.spark;

import dev.sparkprop.data.ExampleSource;
import dev.sparkprop.data.Shard;
import dev.sparkprop.data.Sharding;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.storage.RDDInfo;
import org.apache.spark.storage.StorageLevel;

/** A dataset as shards spread over Spark's partitions, packed on the executors and cached there. */
public final class ShardedDataset implements AutoCloseable {
    /** A partition above this would not fit the memory of a small executor beside the others that it works on. */
    private static final long MAX_PARTITION_BYTES = 128L << 20;

    private final Sharding sharding;
    private final ShardPartitioning partitioning;
    private final JavaRDD<Shard> shards;

    /**
     * Lays out a source over partitions of nearly equal numbers of shards; nothing is computed before {@link #pack}.
     *
     * @param wanted number of partitions; if empty, one for each core, or several where one would exceed 128 MiB
     */
    public ShardedDataset(JavaSparkContext context, ExampleSource source, Sharding sharding, OptionalInt wanted) {
        this.sharding = sharding;
        int partitions = wanted.orElseGet(() -> usualPartitions(context, source, sharding));
        this.partitioning = new ShardPartitioning(sharding.shards(), partitions);
        this.shards = emptyPartitions(context)
                .mapPartitionsWithIndex(new PackShards(source, sharding, partitioning), true)
                .setName("shards")
                .persist(StorageLevel.MEMORY_AND_DISK());
    }

    private static int usualPartitions(JavaSparkContext context, ExampleSource source, Sharding sharding) {
        long bySize = (source.examples() - 1) / Math.max(1, MAX_PARTITION_BYTES / source.bytesPerExample()) + 1;
        int cores = context.defaultParallelism();
        // a multiple of the cores: with three partitions on two of them, one would be idle half of the time;
        // by a power of two: then most partitions are one node of the reduction tree, and send one sum instead of
        // several
        long rounds = Long.highestOneBit(2 * ((bySize - 1) / cores + 1) - 1);
        return (int) Math.min(sharding.shards(), rounds * cores);
    }

    /** Packs all shards and caches them; returns the number of examples packed. */
    public long pack() {
        return shards.mapPartitionsWithIndex(new CountExamples(), true).collect().stream()
                .mapToLong(Long::longValue)
                .sum();
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
        return Arrays.stream(shards.context().getRDDStorageInfo()).filter(info -> info.id() == shards.id());
    }

    /** The shards, each partition's in ascending order. */
    JavaRDD<Shard> shards() {
        return shards;
    }

    /** As many partitions as the dataset has, with nothing in them. */
    JavaRDD<Integer> emptyPartitions(JavaSparkContext context) {
        return context.parallelize(List.of(), partitions());
    }

    ShardPartitioning partitioning() {
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

    private record CountExamples() implements Function2<Integer, Iterator<Shard>, Iterator<Long>> {
        @Override
        public Iterator<Long> call(Integer partition, Iterator<Shard> shards) {
            long examples = 0;
            while (shards.hasNext()) {
                examples += shards.next().examples();
            }
            return List.of(examples).iterator();
        }
    }
}
