package dev.sparkprop.spark.engine;

import dev.sparkprop.network.Topology;
import dev.sparkprop.spark.dataset.ShardedDataset;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.network.util.JavaUtils;

/** The size limit of the results that the driver collects in one job. */
final class ResultSize {
    /** Above this size, sums are combined on the executors before the driver collects them. */
    private static final long DIRECT_BYTES = 256L << 20;

    private static final String MAX_RESULT_SIZE = "spark.driver.maxResultSize";

    /** Upper bound on the rest of a task's result: class names, shapes, and Spark's own metrics. */
    private static final long OVERHEAD_BYTES_PER_RESULT = 16 << 10;

    private ResultSize() {}

    /**
     * Returns the maximum number of bytes of sums that the driver collects directly.
     *
     * @throws ResultSizeException if Spark's limit is too small for the sums of one model
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
        long overhead = (long) dataset.partitions() * OVERHEAD_BYTES_PER_RESULT;
        long sum = (long) topology.parameterCount() * Double.BYTES;
        if (bytes < sum + overhead) {
            throw new ResultSizeException("Invalid " + MAX_RESULT_SIZE + ": " + limit + " (must be at least "
                    + ((sum + overhead >> 20) + 1) + "m for a network with " + topology.parameterCount()
                    + " parameters; set it with --spark " + MAX_RESULT_SIZE + "=…)");
        }
        return bytes - overhead;
    }
}
