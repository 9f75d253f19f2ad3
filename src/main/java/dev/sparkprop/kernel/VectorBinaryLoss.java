package dev.sparkprop.kernel;

import static dev.sparkprop.kernel.VectorMath.LANES;
import static dev.sparkprop.kernel.VectorMath.broadcast;
import static dev.sparkprop.kernel.VectorMath.load;

import dev.sparkprop.data.Tile;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * The binary cross-entropy of {@link ScalarKernels}, in passes over a row with examples in the lanes. A register
 * holds all 16 chains or an equal part of them.
 */
enum VectorBinaryLoss implements VectorPass {
    /** exp(−|z|), stored for the other passes. */
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
                VectorMath.expOfNegativeMagnitude(load(z, zOffset + e)).intoArray(total.rows, total.exponentials + e);
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
                    FloatVector zE = load(z, zOffset + e);
                    FloatVector linear = zE.fma(
                            broadcast(0.5f).sub(load(targets, targetsOffset + e)),
                            zE.abs().mul(broadcast(0.5f)));
                    FloatVector log = VectorMath.log1p(load(total.rows, total.exponentials + e));
                    losses = linear.add(log).fma(load(weights, weightsOffset + e), losses);
                }
                losses.intoArray(total.lossChains, chain);
            }
        }
    },
    /** Computes a − t and the wrong predictions. */
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
            for (int chain = 0; chain < Chains.CHAINS; chain += LANES) {
                FloatVector wrong = load(total.wrongChains, chain);
                for (int e = chain; e < Tile.EXAMPLES; e += Chains.CHAINS) {
                    FloatVector a =
                            VectorMath.sigmoidOf(load(z, zOffset + e), load(total.rows, total.exponentials + e));
                    FloatVector target = load(targets, targetsOffset + e);
                    IntVector disagreement = VectorMath.disagreement(a, target);
                    wrong = wrong.add(VectorMath.masked(disagreement, load(weights, weightsOffset + e)));
                    a.sub(target).mul(load(weights, weightsOffset + e)).intoArray(delta, deltaOffset + e);
                }
                wrong.intoArray(total.wrongChains, chain);
            }
        }
    };

    private static final VectorBinaryLoss[] PASSES = values();

    /** Computes {@link Kernels#binaryCrossEntropy}. */
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
        for (int row = 0; row < outputs * Tile.EXAMPLES; row += Tile.EXAMPLES) {
            for (VectorBinaryLoss pass : PASSES) {
                VectorPass.run(
                        pass,
                        1,
                        weights,
                        weightsOffset,
                        z,
                        zOffset + row,
                        targets,
                        targetsOffset + row,
                        delta,
                        deltaOffset + row,
                        total);
            }
        }
        total.addChains();
    }
}
