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
    public DenseKernel dense(Dense layer, Workspace workspace) {
        return new VectorDense(layer, workspace);
    }

    @Override
    public void binaryCrossEntropy(
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
        VectorBinaryLoss.add(
                outputs, weights, weightsOffset, z, zOffset, targets, targetsOffset, delta, deltaOffset, total);
    }

    @Override
    public void softmaxCrossEntropy(
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
        VectorSoftmaxLoss.add(
                outputs, weights, weightsOffset, z, zOffset, targets, targetsOffset, delta, deltaOffset, total);
    }

    @Override
    public void squaredError(
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
        VectorPass.run(
                VectorKernels::squaredErrors,
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
        total.addChains();
    }

    @Override
    public void softmax(int outputs, float[] z, int zOffset) {
        ScalarKernels.softmaxInPlace(outputs, z, zOffset);
    }

    private static void squaredErrors(
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
            for (int row = 0; row < outputs * Tile.EXAMPLES; row += Tile.EXAMPLES) {
                for (int e = chain; e < Tile.EXAMPLES; e += Chains.CHAINS) {
                    FloatVector weight = load(weights, weightsOffset + e);
                    FloatVector error = load(z, zOffset + row + e).sub(load(targets, targetsOffset + row + e));
                    losses = error.mul(error).fma(weight, losses);
                    error.add(error).mul(weight).intoArray(delta, deltaOffset + row + e);
                }
            }
            losses.intoArray(total.lossChains, chain);
        }
    }
}
