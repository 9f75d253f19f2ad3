package dev.sparkprop.spark.scoring;

import dev.sparkprop.data.Shard;
import dev.sparkprop.spark.dataset.ShardedDataset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.api.java.function.FlatMapFunction;

/** Some examples of a packed dataset; the same for any partitions. */
public final class PackedSample {
    private PackedSample() {}

    /**
     * At most {@code count} of the examples, each with its features and its class or first target, spread evenly over the dataset.
     * Equal examples are drawn once. A Spark job.
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
     * @param everyShard one of this many consecutive shards is drawn from
     * @param each examples drawn from it, at least one
     */
    private record Draw(int everyShard, int each) implements FlatMapFunction<Iterator<Shard>, List<Float>> {
        @Override
        public Iterator<List<Float>> call(Iterator<Shard> shards) {
            List<List<Float>> examples = new ArrayList<>();
            while (shards.hasNext()) {
                Shard shard = shards.next();
                if (shard.number() % everyShard == 0 && shard.examples() > 0) {
                    draw(shard, examples);
                }
            }
            return examples.iterator();
        }

        private void draw(Shard shard, List<List<Float>> examples) {
            int wanted = Math.min(shard.examples(), each);
            // odd, and from another example in each shard: otherwise only some rows of a repeated table would be drawn
            int step = shard.examples() / wanted | 1;
            for (int i = 0; i < wanted; i++) {
                int position = (int) ((shard.number() / everyShard + (long) i * step) % shard.examples());
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
