package dev.sparkprop.spark.dataset;

import dev.sparkprop.data.Example;
import dev.sparkprop.data.Shard;
import dev.sparkprop.data.Sharding;
import dev.sparkprop.evaluation.Batch;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;

/**
 * Collects the individual examples of a batch from one partition. Scans whole shards, independently of the code that
 * gathers batches for evaluations.
 */
record BatchExamples(Batch batch, Sharding sharding) implements FlatMapFunction<Iterator<Shard>, Example> {
    @Override
    public Iterator<Example> call(Iterator<Shard> shards) {
        List<Example> examples = new ArrayList<>();
        while (shards.hasNext()) {
            Shard shard = shards.next();
            long first = sharding.firstExample(shard.number());
            for (int position = 0; position < shard.examples(); position++) {
                if (batch.contains(first + position)) {
                    examples.add(shard.example(position));
                }
            }
        }
        return examples.iterator();
    }
}
