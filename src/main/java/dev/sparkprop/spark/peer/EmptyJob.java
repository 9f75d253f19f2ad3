package dev.sparkprop.spark.peer;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;

/**
 * A job with the shape of an evaluation but without any work: it has as many tasks, and they read a broadcast of the
 * same size. Its duration is the minimum cost of an evaluation in Spark.
 *
 * @param partitions the number of tasks
 * @param parameters the number of parameters to broadcast
 */
public record EmptyJob(JavaSparkContext context, int partitions, int parameters) {

    /** Runs the job once and returns its duration in milliseconds. */
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
        public Iterator<Integer> call(Integer partition, Iterator<Integer> ignored) {
            return List.of(parameters.value().length).iterator();
        }
    }
}
