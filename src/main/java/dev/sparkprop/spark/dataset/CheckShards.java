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
 * Counts shards that are packed, and compares those that are packed again with what they were. The driver keeps the object that is
 * part of the dataset's RDD, and Spark serializes it again for each job: so the tasks of all jobs after {@link #expect} compare.
 */
final class CheckShards implements FlatMapFunction<Iterator<Shard>, Shard> {
    private static final long serialVersionUID = 1;

    private final Sharding sharding;
    private final LongAccumulator packed;
    /** Fingerprints of all shards; null until they have been packed. */
    private Broadcast<long[]> expected;

    CheckShards(Sharding sharding, LongAccumulator packed) {
        this.sharding = sharding;
        this.packed = packed;
    }

    /** From the next job on, shards must have these fingerprints. */
    void expect(Broadcast<long[]> fingerprints) {
        expected = fingerprints;
    }

    /** Number of shards packed so far, each as often as it was. */
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
                            + " (shard " + shard.number() + ") are not what they were at its start");
        }
        return shard;
    }
}
