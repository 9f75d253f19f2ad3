package dev.sparkprop.spark.engine;

import dev.sparkprop.evaluation.ShardEvaluator;
import dev.sparkprop.kernel.Kernels;
import dev.sparkprop.network.Topology;
import java.lang.ref.SoftReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Evaluators that wait for the next task of this process. Spark gives a task nothing that outlives it, and the workspace of a
 * wide net takes longer to allocate than a short task to run; so it is kept here, softly, and a task has it to itself
 * between taking and giving back.
 */
final class EvaluatorPool {
    private record Key(Topology topology, String kernels) {}

    private static final Map<Key, ConcurrentLinkedQueue<SoftReference<ShardEvaluator>>> IDLE =
            new ConcurrentHashMap<>();

    private EvaluatorPool() {}

    /** An evaluator that nobody else has. */
    static ShardEvaluator take(Topology topology, Kernels kernels) {
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

    /** Gives one back. One whose evaluation failed must not come back: its running sums are not zero. */
    static void giveBack(ShardEvaluator evaluator, Topology topology, Kernels kernels) {
        IDLE.computeIfAbsent(new Key(topology, kernels.name()), key -> new ConcurrentLinkedQueue<>())
                .add(new SoftReference<>(evaluator));
    }
}
