package dev.sparkprop.benchmark;

import dev.sparkprop.kernel.Kernels;
import dev.sparkprop.network.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The speed at which one core computes cost and gradient.
 *
 * @param kernels name of the kernels
 * @param secondsPerTile time of a forward and backward pass over a tile, full or not
 */
public record KernelRate(String kernels, double secondsPerTile) {
    /** Maximum size of the data, which is passed over repeatedly: larger than most caches, as in a real pass. */
    private static final long MAX_BYTES = 64 << 20;

    private static final int REPETITIONS = 5;

    /**
     * Measures on the calling thread: a warm-up of the given time, then five repetitions that together take the same
     * time. Each repetition evaluates at least one shard. The result is their median.
     *
     * @param examples the number of examples in the dataset; a small dataset stays in a cache, as in a real pass
     */
    public static KernelRate measure(Topology topology, Kernels kernels, long examples, Duration time) {
        Pass pass = new Pass(topology, kernels, Pass.shards(topology, examples, MAX_BYTES));
        secondsPerTile(pass, time);
        List<Double> seconds = new ArrayList<>();
        for (int repetition = 0; repetition < REPETITIONS; repetition++) {
            seconds.add(secondsPerTile(pass, time.dividedBy(REPETITIONS)));
        }
        return new KernelRate(kernels.name(), Throughput.median(seconds));
    }

    private static double secondsPerTile(Pass pass, Duration time) {
        long start = System.nanoTime();
        long tiles = 0;
        do {
            tiles += pass.next().tiles();
        } while (System.nanoTime() - start < time.toNanos());
        return (System.nanoTime() - start) / 1e9 / tiles;
    }
}
