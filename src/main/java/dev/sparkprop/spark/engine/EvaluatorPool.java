package dev.sparkprop.spark.engine;

import dev.sparkprop.evaluation.ShardEvaluator;
import dev.sparkprop.kernel.Kernels;
import dev.sparkprop.network.Topology;
import java.lang.ref.SoftReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Keeps idle evaluators for the next tasks of this process. Spark has no storage that outlives a task, and allocating
 * the workspace of a wide network takes longer than a short task. The pool keeps evaluators by soft references.
 * Between {@link #borrow} and {@link #giveBack}, a task owns its evaluator exclusively.
 */
final class EvaluatorPool {
    private record Key(Topology topology, String kernels) {}

    private static final Map<Key, ConcurrentLinkedQueue<SoftReference<ShardEvaluator>>> IDLE =
            new ConcurrentHashMap<>();

    private EvaluatorPool() {}

    /** Returns an evaluator that no other task uses. */
    static ShardEvaluator borrow(Topology topology, Kernels kernels) {
        var idle = IDLE.get(new Key(topology, kernels.name()));
        while (idle != null) {
            SoftReference<ShardEvaluator> reference = idle.poll();
            if (reference == null) {
                break;
            }
            ShardEvaluator evaluator = reference.get();
            if (evaluator != null) {
                return evaluator;
            }
        }
        return new ShardEvaluator(topology, kernels);
    }

    /**
     * Returns an evaluator to the pool. Do not return an evaluator after a failed evaluation, because its running
     * sums are not zero.
     */
    static void giveBack(ShardEvaluator evaluator, Topology topology, Kernels kernels) {
        IDLE.computeIfAbsent(new Key(topology, kernels.name()), key -> new ConcurrentLinkedQueue<>())
                .add(new SoftReference<>(evaluator));
    }
}
