package dev.sparkprop.kernel;

import static dev.sparkprop.kernel.VectorMath.FLOATS;

/**
 * The same bits as {@link ScalarKernels} in the registers of the JDK's incubating vector API, whatever their width. Needs
 * {@code --add-modules=jdk.incubator.vector}.
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
            int examples,
            float[] z,
            int zAt,
            float[] targets,
            int targetsAt,
            float[] delta,
            int deltaAt,
            LossTotal total) {
        VectorBinaryLoss.add(outputs, examples, z, zAt, targets, targetsAt, delta, deltaAt, total);
    }

    @Override
    public void softmaxCrossEntropy(
            int outputs,
            int examples,
            float[] z,
            int zAt,
            float[] targets,
            int targetsAt,
            float[] delta,
            int deltaAt,
            LossTotal total) {
        VectorSoftmaxLoss.add(outputs, examples, z, zAt, targets, targetsAt, delta, deltaAt, total);
    }
}
