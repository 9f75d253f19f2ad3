package dev.sparkprop.spark.peer;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;

/**
 * A bare job as wide as an evaluation: as many tasks as there are partitions read a broadcast of as many bytes, and do nothing. What
 * it takes is what Spark costs at least.
 *
 * @param partitions number of tasks
 * @param parameters that are broadcast
 */
public record EmptyJob(JavaSparkContext context, int partitions, int parameters) {

    /** Runs it once; returns the milliseconds that it took. */
    public double run() {
        long start = System.nanoTime();
        Broadcast<float[]> broadcast = context.broadcast(new float[parameters]);
        try {
            context.parallelize(List.<Integer>of(), partitions)
                    .mapPartitionsWithIndex(new ReadBroadcast(broadcast), true)
                    .collect();
        } finally {
            broadcast.destroy();
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private record ReadBroadcast(Broadcast<float[]> parameters)
            implements Function2<Integer, Iterator<Integer>, Iterator<Integer>> {
        @Override
        public Iterator<Integer> call(Integer partition, Iterator<Integer> nothing) {
            return List.of(parameters.value().length).iterator();
        }
    }
}
