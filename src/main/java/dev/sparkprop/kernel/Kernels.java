package dev.sparkprop.kernel;

/**
 * Arithmetic on tiles. All implementations compute the same bits: each product is one chain of fused multiply-adds in
 * a specified order, and each function consists of the same operations in the same order.
 *
 * <p>A row is a sequence of {@value dev.sparkprop.data.Tile#EXAMPLES} floats at a given offset of a given array.
 * Implementations are immutable and thread-safe. The {@link DenseKernel}s that they create are not thread-safe.
 */
public sealed interface Kernels permits ScalarKernels, VectorKernels {

    /** Returns the name for logs and records, such as {@code scalar}. */
    String name();

    /** Creates the arithmetic of one layer, with arrays from the given workspace. */
    DenseKernel dense(Dense layer, Workspace workspace);

    /**
     * The end of the forward pass and the start of the backward pass for sigmoid outputs with binary cross-entropy.
     * For target t and pre-activation z, the loss is −t·log(a) − (1 − t)·log(1 − a) with a = 1/(1 + exp(−z)). It is
     * computed as z·(½ − t) + |z|/2 + log1p(exp(−|z|)), which avoids the logarithm of a saturated sigmoid. Its
     * derivative with respect to z is a − t.
     *
     * <p>The losses of a tile are summed in 16 chains, one output after the other. Example e belongs to chain
     * e mod 16.
     *
     * @param outputs the number of rows of {@code z}, {@code targets} and {@code delta}
     * @param weights the weights of the examples, from {@code weightsOffset}; 0 for lanes to ignore. A weight multiplies
     *     the loss, delta and the count of wrong predictions.
     * @param z the pre-activations {@code [output][256]}, from {@code zOffset}
     * @param targets the targets {@code [output][256]}, from {@code targetsOffset}, each from 0 to 1
     * @param delta receives a − t multiplied by the weight, {@code [output][256]}, from {@code deltaOffset}; may be
     *     {@code z} itself at the same offset
     * @param total receives the sum of the losses and the sum of the weights of wrong predictions. A prediction is
     *     wrong if a > ½ and t > ½ disagree.
     */
    void binaryCrossEntropy(
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

    /**
     * The end of the forward pass and the start of the backward pass for softmax outputs with cross-entropy. The
     * targets t sum to 1 over the outputs. The loss is −Σ t·log(a) with a = softmax(z). With m the largest z, it is
     * computed as log(Σ exp(z − m)) + Σ t·(m − z), which neither overflows nor takes the logarithm of 0. Its
     * derivative with respect to z is a − t.
     *
     * <p>Sums over outputs are chains that start at 0, in the order of the outputs. Losses are summed in 16 chains;
     * example e belongs to chain e mod 16. The parameters are those of {@link #binaryCrossEntropy}. A prediction is
     * right if the first largest z and the first largest target belong to the same output.
     */
    void softmaxCrossEntropy(
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

    /**
     * The end of the forward pass and the start of the backward pass for linear outputs with squared error. For
     * target t, the loss is (z − t)² and its derivative 2·(z − t). Parameters and sums are those of
     * {@link #binaryCrossEntropy}, but no prediction counts as wrong.
     */
    void squaredError(
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

    /**
     * Computes softmax in place, for predictions: z becomes exp(z − m)/Σ exp(z − m), with m the largest z of an
     * example. Shared by all kernels: prediction is not performance critical.
     *
     * @param z the pre-activations {@code [output][256]}, from {@code zOffset}
     */
    void softmax(int outputs, float[] z, int zOffset);
}
