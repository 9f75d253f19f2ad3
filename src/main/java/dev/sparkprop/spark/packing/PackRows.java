package dev.sparkprop.spark.packing;

import dev.sparkprop.data.RowLayout;
import dev.sparkprop.data.Shard;
import dev.sparkprop.data.ShardPacker;
import dev.sparkprop.data.Sharding;
import dev.sparkprop.spark.dataset.DataChangedException;
import dev.sparkprop.spark.dataset.ShardPartitioning;
import java.util.Iterator;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.Function2;
import scala.Tuple2;

/**
 * Packs the shards of a partition from its chunks, which arrive in the order of their examples.
 *
 * @param sharding the sharding of the examples
 * @param partitioning the partitioning of the shards
 * @param layout the layout of a packed row
 */
record PackRows(Sharding sharding, ShardPartitioning partitioning, RowLayout layout)
        implements Function2<Integer, Iterator<Tuple2<Long, RowChunk>>, Iterator<Shard>> {

    @Override
    public Iterator<Shard> call(Integer partition, Iterator<Tuple2<Long, RowChunk>> chunks) {
        return IntStream.range(partitioning.from(partition), partitioning.until(partition))
                .mapToObj(number -> pack(number, chunks))
                .iterator();
    }

    private Shard pack(int number, Iterator<Tuple2<Long, RowChunk>> chunks) {
        int examples = sharding.examplesIn(number);
        ShardPacker packer = new ShardPacker(layout, number, examples);
        long next = sharding.firstExample(number);
        while (!packer.complete()) {
            if (!chunks.hasNext()) {
                throw missing(next);
            }
            Tuple2<Long, RowChunk> chunk = chunks.next();
            if (chunk._1() != next) {
                throw missing(next);
            }
            for (int i = 0; i < chunk._2().examples(); i++) {
                packer.add(chunk._2().values(), i * layout.packedWidth());
            }
            next += chunk._2().examples();
        }
        return packer.shard();
    }

    private static DataChangedException missing(long example) {
        return new DataChangedException("The data changed during the run: example " + example + " no longer exists");
    }
}
