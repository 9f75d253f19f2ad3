package dev.sparkprop.spark.engine;

import dev.sparkprop.network.Topology;
import dev.sparkprop.spark.dataset.ShardedDataset;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.network.util.JavaUtils;

/** What Spark lets the driver collect in one job. */
final class ResultSize {
    /** Above this size, sums are combined on the executors before the driver collects them. */
    private static final long DIRECT_BYTES = 256L << 20;

    private static final String MAX_RESULT_SIZE = "spark.driver.maxResultSize";

    /** A task's result beside its sums, at most: names of classes, shapes, and Spark's own metrics. */
    private static final long BYTES_BESIDE_SUMS = 16 << 10;

    private ResultSize() {}

    /**
     * Bytes of sums that the driver collects directly.
     *
     * @throws ResultSizeException if Spark's limit is below the sums of one model
     */
    static long directBytes(JavaSparkContext context, ShardedDataset dataset, Topology topology) {
        return Math.min(DIRECT_BYTES, bytesFreeForSums(context, dataset, topology));
    }

    private static long bytesFreeForSums(JavaSparkContext context, ShardedDataset dataset, Topology topology) {
        String limit = context.getConf().get(MAX_RESULT_SIZE, "1g");
        long bytes = JavaUtils.byteStringAsBytes(limit);
        if (bytes == 0) {
            return Long.MAX_VALUE;
        }
        long beside = (long) dataset.partitions() * BYTES_BESIDE_SUMS;
        long sum = (long) topology.parameterCount() * Double.BYTES;
        if (bytes < sum + beside) {
            throw new ResultSizeException("Invalid " + MAX_RESULT_SIZE + ": " + limit + " (must be at least "
                    + ((sum + beside >> 20) + 1) + "m for a net with " + topology.parameterCount()
                    + " parameters; give it with --spark " + MAX_RESULT_SIZE + "=…)");
        }
        return bytes - beside;
    }
}
