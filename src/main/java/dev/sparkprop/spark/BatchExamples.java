package dev.sparkprop.spark;

import dev.sparkprop.data.Example;
import dev.sparkprop.data.Shard;
import dev.sparkprop.data.Sharding;
import dev.sparkprop.training.Batch;
import dev.sparkprop.training.BatchShards;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntFunction;
import org.apache.spark.api.java.function.Function2;

/** The examples of a batch in one partition, one by one. */
record BatchExamples(Batch batch, Sharding sharding, ShardPartitioning partitioning)
        implements Function2<Integer, Iterator<Shard>, Iterator<Example>> {
    @Override
    public Iterator<Example> call(Integer partition, Iterator<Shard> shards) {
        int from = partitioning.from(partition);
        int until = partitioning.until(partition);
        IntFunction<Shard> parts = BatchShards.of(batch, sharding, from, until, number -> shards.next());
        List<Example> examples = new ArrayList<>();
        for (int number = from; number < until; number++) {
            Shard part = parts.apply(number);
            for (int position = 0; position < part.examples(); position++) {
                examples.add(part.example(position));
            }
        }
        return examples.iterator();
    }
}
