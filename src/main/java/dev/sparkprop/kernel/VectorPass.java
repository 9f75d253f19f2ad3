package dev.sparkprop.kernel;

/**
 * Something done to rows of a tile, a register at a time. Passes are objects of many classes, all called from
 * {@link #run(VectorPass, int, float[], int, float[], int, float[], int, float[], int, LossTotal)}, because that is what keeps the JIT from inlining them into each other or into what calls them: a method that
 * collects more than some 45 vector operations exceeds its budget of nodes, vectors are then boxed, and it takes ten times as long.
 */
interface VectorPass {

    /** As {@link Kernels#binaryCrossEntropy} has them; {@code null} stands for what a pass has no use for. */
    void run(
            int outputs,
            float[] weights,
            int weightsAt,
            float[] z,
            int zAt,
            float[] targets,
            int targetsAt,
            float[] delta,
            int deltaAt,
            LossTotal total);

    /** The one place that runs a pass. */
    static void run(
            VectorPass pass,
            int outputs,
            float[] weights,
            int weightsAt,
            float[] z,
            int zAt,
            float[] targets,
            int targetsAt,
            float[] delta,
            int deltaAt,
            LossTotal total) {
        pass.run(outputs, weights, weightsAt, z, zAt, targets, targetsAt, delta, deltaAt, total);
    }
}
