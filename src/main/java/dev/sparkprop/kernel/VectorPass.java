package dev.sparkprop.kernel;

/**
 * An operation on rows of a tile, one register at a time. Passes are objects of many classes, all called from
 * {@link #run(VectorPass, int, float[], int, float[], int, float[], int, float[], int, LossTotal)}. The single call
 * site keeps the JIT from inlining passes into each other or into their callers. A method with more than about 45
 * vector operations exceeds the JIT's node budget. Its vectors are then boxed, and it takes ten times as long.
 */
interface VectorPass {

    /**
     * Runs the pass. The parameters are those of {@link Kernels#binaryCrossEntropy}, {@code null} if the pass does
     * not use them.
     */
    void run(
            int outputs,
            float[] weights,
            int weightsOffset,
            float[] z,
            int zOffset,
            float[] targets,
            int targetsOffset,
            float[] delta,
            int deltaOffset,
            LossTotal total);

    /** Runs a pass. This is the only call site. */
    static void run(
            VectorPass pass,
            int outputs,
            float[] weights,
            int weightsOffset,
            float[] z,
            int zOffset,
            float[] targets,
            int targetsOffset,
            float[] delta,
            int deltaOffset,
            LossTotal total) {
        pass.run(outputs, weights, weightsOffset, z, zOffset, targets, targetsOffset, delta, deltaOffset, total);
    }
}
