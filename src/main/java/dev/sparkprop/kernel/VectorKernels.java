package dev.sparkprop.kernel;

import static dev.sparkprop.kernel.VectorMath.FLOATS;
import static dev.sparkprop.kernel.VectorMath.LANES;
import static dev.sparkprop.kernel.VectorMath.load;

import dev.sparkprop.data.Tile;
import jdk.incubator.vector.FloatVector;

/**
 * Computes the same bits as {@link ScalarKernels} with the JDK's incubating Vector API, for any register width.
 * Requires {@code --add-modules=jdk.incubator.vector}.
 */
public final class VectorKernels implements Kernels {

    @Override
    public String name() {
        return "vector-" + FLOATS.vectorBitSize();
    }

    @Override
    public DenseKernel dense(Dense layer) {
        return new VectorDense(layer);
    }

    @Override
    public void binaryCrossEntropy(
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
        VectorBinaryLoss.add(outputs, weights, weightsAt, z, zAt, targets, targetsAt, delta, deltaAt, total);
    }

    @Override
    public void softmaxCrossEntropy(
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
        VectorSoftmaxLoss.add(outputs, weights, weightsAt, z, zAt, targets, targetsAt, delta, deltaAt, total);
    }

    @Override
    public void squaredError(
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
        VectorPass.run(
                VectorKernels::squaredErrors,
                outputs,
                weights,
                weightsAt,
                z,
                zAt,
                targets,
                targetsAt,
                delta,
                deltaAt,
                total);
        total.addChains();
    }

    @Override
    public void softmax(int outputs, float[] z, int zAt) {
        ScalarKernels.softmaxInPlace(outputs, z, zAt);
    }

    private static void squaredErrors(
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
            for (int row = 0; row < outputs * Tile.EXAMPLES; row += Tile.EXAMPLES) {
                for (int e = chain; e < Tile.EXAMPLES; e += Chains.CHAINS) {
                    FloatVector weight = load(weights, weightsAt + e);
                    FloatVector error = load(z, zAt + row + e).sub(load(targets, targetsAt + row + e));
                    losses = error.mul(error).fma(weight, losses);
                    error.add(error).mul(weight).intoArray(delta, deltaAt + row + e);
                }
            }
            losses.intoArray(total.lossChains, chain);
        }
    }
}
