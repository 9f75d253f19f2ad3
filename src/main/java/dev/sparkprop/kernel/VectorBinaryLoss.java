package dev.sparkprop.kernel;

import static dev.sparkprop.kernel.VectorMath.LANES;
import static dev.sparkprop.kernel.VectorMath.all;
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
                int weightsAt,
                float[] z,
                int zAt,
                float[] targets,
                int targetsAt,
                float[] delta,
                int deltaAt,
                LossTotal total) {
            for (int e = 0; e < Tile.EXAMPLES; e += LANES) {
                VectorMath.expOfNegativeMagnitude(load(z, zAt + e)).intoArray(total.exponentials, e);
            }
        }
    },
    LOSSES {
        @Override
        public void run(
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
            for (int chain = 0; chain < Chains.CHAINS; chain += LANES) {
                FloatVector losses = load(total.lossChains, chain);
                for (int e = chain; e < Tile.EXAMPLES; e += Chains.CHAINS) {
                    FloatVector zE = load(z, zAt + e);
                    FloatVector linear = zE.fma(
                            all(0.5f).sub(load(targets, targetsAt + e)),
                            zE.abs().mul(all(0.5f)));
                    FloatVector log = VectorMath.log1p(load(total.exponentials, e));
                    losses = linear.add(log).fma(load(weights, weightsAt + e), losses);
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
                int weightsAt,
                float[] z,
                int zAt,
                float[] targets,
                int targetsAt,
                float[] delta,
                int deltaAt,
                LossTotal total) {
            for (int chain = 0; chain < Chains.CHAINS; chain += LANES) {
                FloatVector wrong = load(total.wrongChains, chain);
                for (int e = chain; e < Tile.EXAMPLES; e += Chains.CHAINS) {
                    FloatVector a = VectorMath.sigmoidOf(load(z, zAt + e), load(total.exponentials, e));
                    FloatVector target = load(targets, targetsAt + e);
                    IntVector disagreement = VectorMath.disagreement(a, target);
                    wrong = wrong.add(VectorMath.masked(disagreement, load(weights, weightsAt + e)));
                    a.sub(target).mul(load(weights, weightsAt + e)).intoArray(delta, deltaAt + e);
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
            int weightsAt,
            float[] z,
            int zAt,
            float[] targets,
            int targetsAt,
            float[] delta,
            int deltaAt,
            LossTotal total) {
        for (int row = 0; row < outputs * Tile.EXAMPLES; row += Tile.EXAMPLES) {
            for (VectorBinaryLoss pass : PASSES) {
                VectorPass.run(
                        pass,
                        1,
                        weights,
                        weightsAt,
                        z,
                        zAt + row,
                        targets,
                        targetsAt + row,
                        delta,
                        deltaAt + row,
                        total);
            }
        }
        total.addChains();
    }
}
