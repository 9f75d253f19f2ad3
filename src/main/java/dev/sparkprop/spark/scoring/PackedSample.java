package dev.sparkprop.spark.scoring;

import dev.sparkprop.data.Shard;
import dev.sparkprop.spark.dataset.ShardedDataset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.function.FlatMapFunction;

/** Draws a sample from a packed dataset. The result does not depend on the partitions. */
public final class PackedSample {
    private PackedSample() {}

    /**
     * Returns at most {@code count} examples, spread evenly over the dataset. Each consists of its features and its
     * class or first target. Equal examples are drawn only once. Runs a Spark job.
     */
    public static List<List<Float>> of(ShardedDataset dataset, int count) {
        int shards = dataset.sharding().shards();
        Draw draw = new Draw((shards - 1) / count + 1, Math.max(1, count / shards));
        Set<List<Float>> examples =
                new LinkedHashSet<>(dataset.collect(dataset.shards().mapPartitions(draw, true)));
        return examples.stream().limit(count).toList();
    }

    /**
     * Draws examples from the shards of one Spark partition.
     *
     * @param shardStep the distance between two sampled shards
     * @param examplesPerShard the number of examples per sampled shard, at least 1
     */
    private record Draw(int shardStep, int examplesPerShard) implements FlatMapFunction<Iterator<Shard>, List<Float>> {
        @Override
        public Iterator<List<Float>> call(Iterator<Shard> shards) {
            List<List<Float>> examples = new ArrayList<>();
            while (shards.hasNext()) {
                Shard shard = shards.next();
                if (shard.number() % shardStep == 0 && shard.examples() > 0) {
                    draw(shard, examples);
                }
            }
            return examples.iterator();
        }

        private void draw(Shard shard, List<List<Float>> examples) {
            int count = Math.min(shard.examples(), examplesPerShard);
            // an odd step, and another first example in each shard: otherwise, some rows of a repeated table would
            // never be drawn
            int step = shard.examples() / count | 1;
            for (int i = 0; i < count; i++) {
                int position = (int) ((shard.number() / shardStep + (long) i * step) % shard.examples());
                List<Float> values = new ArrayList<>(shard.inputs() + 1);
                for (int feature = 0; feature < shard.inputs(); feature++) {
                    values.add(shard.feature(position, feature));
                }
                values.add(
                        shard.outputs() > 1
                                ? (float) PackedConfusion.label(shard, position)
                                : shard.target(position, 0));
                examples.add(values);
            }
        }
    }
}
