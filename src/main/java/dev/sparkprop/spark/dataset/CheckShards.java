package dev.sparkprop.spark.dataset;

import dev.sparkprop.data.Shard;
import dev.sparkprop.data.Sharding;
import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;

/**
 * Counts packed shards and compares repacked shards with the original ones. The driver keeps this object as a part of
 * the dataset's RDD, and Spark serializes it again for each job. The tasks of all jobs after {@link #expect}
 * therefore compare fingerprints.
 */
final class CheckShards implements FlatMapFunction<Iterator<Shard>, Shard> {
    private static final long serialVersionUID = 1;

    private final Sharding sharding;
    private final LongAccumulator packed;
    /** Fingerprints of all shards; null until the shards have been packed. */
    private Broadcast<long[]> expected;

    CheckShards(Sharding sharding, LongAccumulator packed) {
        this.sharding = sharding;
        this.packed = packed;
    }

    /** Sets the fingerprints that shards must have in all subsequent jobs. */
    void expect(Broadcast<long[]> fingerprints) {
        expected = fingerprints;
    }

    /** Returns the number of shards packed so far, including repeated packing. */
    long packed() {
        return packed.value();
    }

    @Override
    public Iterator<Shard> call(Iterator<Shard> shards) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(shards, Spliterator.ORDERED), false)
                .map(this::check)
                .iterator();
    }

    private Shard check(Shard shard) {
        packed.add(1);
        if (expected != null && shard.fingerprint() != expected.value()[shard.number()]) {
            long first = sharding.firstExample(shard.number());
            throw new DataChangedException(
                    "The data changed during the run: examples " + first + " to " + (first + shard.examples() - 1)
                            + " (shard " + shard.number() + ") differ from those at its start");
        }
        return shard;
    }
}
