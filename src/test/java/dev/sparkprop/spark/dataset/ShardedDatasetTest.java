package dev.sparkprop.spark.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sparkprop.data.Shard;
import dev.sparkprop.data.Sharding;
import dev.sparkprop.spark.LocalSpark;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardedDatasetTest {
    @BeforeAll
    static void stopTheSharedSpark() {
        LocalSpark.stop();
    }

    /** The current data. Tasks can read this field because they run in this JVM. */
    private static final AtomicInteger WEIGHT = new AtomicInteger(2);

    private record OneShard() implements Function2<Integer, Iterator<Integer>, Iterator<Shard>> {
        @Override
        public Iterator<Shard> call(Integer partition, Iterator<Integer> ignored) {
            float[] weights = new float[256];
            weights[0] = WEIGHT.get();
            return List.of(new Shard(partition, 1, new float[256], new float[256], weights))
                    .iterator();
        }
    }

    @Test
    void detectsChangedWeightsWhenShardsAreRepacked() {
        try (JavaSparkContext context = new JavaSparkContext(new SparkConf()
                        .setMaster("local[2]")
                        .setAppName("test")
                        .set("spark.ui.enabled", "false")
                        .set("spark.driver.host", "127.0.0.1")
                        .set("spark.driver.bindAddress", "127.0.0.1"));
                ShardedDataset dataset = new ShardedDataset(
                        context,
                        context.parallelize(List.<Integer>of(), 1).mapPartitionsWithIndex(new OneShard(), true),
                        new Sharding(1, 256),
                        new ShardPartitioning(1, 1))) {
            dataset.pack();
            // as if the executor that stored the shard were lost
            dataset.shards().unpersist(true);
            assertThat(dataset.shards().count()).isEqualTo(1);
            assertThat(dataset.repacked()).isEqualTo(1);
            WEIGHT.set(3);
            assertThatThrownBy(() -> dataset.shards().count())
                    .hasStackTraceContaining("DataChangedException: The data changed during the run: examples 0 to 0");
        }
    }

    @ParameterizedTest
    @CsvSource({"1000, 3, 1", "10000000, 3, 3", "100000000, 3, 24", "1000000000000, 2, 65536", "1000000000000, 3, 98304"
    })
    void limitsTheNumberOfPartitions(long examples, int cores, int partitions) {
        Sharding sharding = new Sharding(examples, 16_384);
        assertThat(ShardPartitioning.defaultPartitions(sharding, 20, cores, 0)).isEqualTo(partitions);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 8", "10, 3", "64, 64", "611, 4", "2147483647, 100000"})
    void findsThePartitionOfAShard(int shards, int partitions) {
        ShardPartitioning partitioning = new ShardPartitioning(shards, partitions);
        for (int shard : new int[] {0, shards / 3, shards / 2, shards - 1}) {
            int partition = partitioning.of(shard);
            assertThat(shard).isBetween(partitioning.from(partition), partitioning.until(partition) - 1);
        }
    }
}
