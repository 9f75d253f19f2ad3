package dev.sparkprop.kernel;

import static dev.sparkprop.kernel.VectorMath.LANES;
import static dev.sparkprop.kernel.VectorMath.broadcast;
import static dev.sparkprop.kernel.VectorMath.load;

import dev.sparkprop.data.Tile;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * The softmax cross-entropy of {@link ScalarKernels}, in passes over a tile with examples in the lanes. The passes
 * share three workspace rows of {@link LossTotal}: {@code largest} holds the largest z, {@code exponentials} holds Σ
 * t·(m − z), and {@code sums} holds first the largest target and then Σ exp(z − m).
 */
enum VectorSoftmaxLoss implements VectorPass {
    /**
     * Finds the largest z and target of each example, and counts the examples where they belong to different outputs.
     */
    LARGEST {
        @Override
        public void run(
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
            for (int chain = 0; chain < Chains.CHAINS; chain += LANES) {
                FloatVector wrong = load(total.wrongChains, chain);
                for (int e = chain; e < Tile.EXAMPLES; e += Chains.CHAINS) {
                    FloatVector predicted = indexOfLargest(outputs, z, zOffset + e, total.rows, total.largest + e);
                    FloatVector expected =
                            indexOfLargest(outputs, targets, targetsOffset + e, total.rows, total.sums + e);
                    IntVector different = VectorMath.inequality(predicted, expected);
                    wrong = wrong.add(VectorMath.masked(different, load(weights, weightsOffset + e)));
                }
                wrong.intoArray(total.wrongChains, chain);
            }
        }
    },
    /** Computes exp(z − m) into delta, its sum, and Σ t·(m − z). */
    EXPONENTIALS {
        @Override
        public void run(
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
            for (int e = 0; e < Tile.EXAMPLES; e += LANES) {
                FloatVector max = load(total.rows, total.largest + e);
                FloatVector sum = broadcast(0f);
                FloatVector below = broadcast(0f);
                for (int row = e; row < outputs * Tile.EXAMPLES; row += Tile.EXAMPLES) {
                    FloatVector gap = max.sub(load(z, zOffset + row));
                    FloatVector exp = VectorMath.expOfNegativeMagnitude(gap);
                    below = load(targets, targetsOffset + row).fma(gap, below);
                    sum = sum.add(exp);
                    exp.intoArray(delta, deltaOffset + row);
                }
                sum.intoArray(total.rows, total.sums + e);
                below.intoArray(total.rows, total.exponentials + e);
            }
        }
    },
    LOSSES {
        @Override
        public void run(
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
            for (int chain = 0; chain < Chains.CHAINS; chain += LANES) {
                FloatVector losses = load(total.lossChains, chain);
                for (int e = chain; e < Tile.EXAMPLES; e += Chains.CHAINS) {
                    FloatVector loss = VectorMath.logFromOne(load(total.rows, total.sums + e))
                            .add(load(total.rows, total.exponentials + e));
                    losses = loss.fma(load(weights, weightsOffset + e), losses);
                }
                losses.intoArray(total.lossChains, chain);
            }
        }
    },
    /** Computes a − t. */
    ERRORS {
        @Override
        public void run(
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
            for (int e = 0; e < Tile.EXAMPLES; e += LANES) {
                FloatVector share = broadcast(1f).div(load(total.rows, total.sums + e));
                FloatVector counts = load(weights, weightsOffset + e);
                for (int row = e; row < outputs * Tile.EXAMPLES; row += Tile.EXAMPLES) {
                    FloatVector target = load(targets, targetsOffset + row);
                    FloatVector error = load(delta, deltaOffset + row).fma(share, target.neg());
                    error.mul(counts).intoArray(delta, deltaOffset + row);
                }
            }
        }
    };

    private static final VectorSoftmaxLoss[] PASSES = values();

    /** Computes {@link Kernels#softmaxCrossEntropy}. */
    static void add(
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
        for (VectorSoftmaxLoss pass : PASSES) {
            VectorPass.run(
                    pass,
                    outputs,
                    weights,
                    weightsOffset,
                    z,
                    zOffset,
                    targets,
                    targetsOffset,
                    delta,
                    deltaOffset,
                    total);
        }
        total.addChains();
    }

    /**
     * Returns the index of the first output with the largest value, as floats, and stores that value
     * in {@code largest}.
     */
    private static FloatVector indexOfLargest(int outputs, float[] values, int at, float[] largest, int largestAt) {
        FloatVector max = load(values, at);
        FloatVector index = broadcast(0f);
        for (int o = 1; o < outputs; o++) {
            FloatVector next = load(values, at + o * Tile.EXAMPLES);
            IntVector larger = VectorMath.larger(next, max);
            index = VectorMath.select(larger, broadcast(o), index);
            max = VectorMath.select(larger, next, max);
        }
        max.intoArray(largest, largestAt);
        return index;
    }
}
