package dev.sparkprop.kernel;

/**
 * Arithmetic on tiles. Every implementation computes the same bits: each product is one chain of fused multiply-adds in
 * a stated order, each function is made of the same operations in the same order.
 *
 * <p>Rows are runs of {@value dev.sparkprop.data.Tile#EXAMPLES} floats at the given offsets of the given arrays.
 * Implementations are immutable and safe for any thread; the {@link DenseKernel}s that they make belong to one thread.
 */
public sealed interface Kernels permits ScalarKernels, VectorKernels {

    /** Name for logs and records, such as {@code scalar}. */
    String name();

    /** Arithmetic of one layer, with workspace of its own. */
    DenseKernel dense(Dense layer);

    /**
     * The end of the forward pass and the start of the backward pass for sigmoid outputs with binary cross-entropy. For
     * target t and pre-activation z the loss is −t·log(a) − (1 − t)·log(1 − a) with a = 1/(1 + exp(−z)), computed as z·(½ − t)
     * + |z|/2 + log1p(exp(−|z|)), which takes no logarithm of a saturated sigmoid; its derivative with respect to z is a − t.
     *
     * <p>The losses of a tile are summed in 16 chains, example e going to chain e mod 16, output after output.
     *
     * @param outputs rows of {@code z}, {@code targets} and {@code delta}
     * @param weights of the examples from {@code weightsAt} on, 0 for lanes that do not count: factors on loss, delta and prediction
     * @param z pre-activations from {@code zAt} on, {@code [output][256]}
     * @param targets from {@code targetsAt} on, {@code [output][256]}, each from 0 to 1
     * @param delta receives a − t, times the weight, from {@code deltaAt} on, {@code [output][256]}; may be {@code z} itself at the same offset
     * @param total receives the sums of the losses and of the weights of wrong predictions, where a > ½
     *     predicts what t > ½ says
     */
    void binaryCrossEntropy(
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

    /**
     * The end of the forward pass and the start of the backward pass for softmax outputs with cross-entropy. For targets t
     * that sum to 1 over the outputs the loss is −Σ t·log(a) with a = softmax(z), computed as log(Σ exp(z − m)) + Σ t·(m − z)
     * with m the largest z, which neither overflows nor takes the logarithm of 0; its derivative with respect to z is a − t.
     *
     * <p>Sums over outputs are chains from 0 in the order of the outputs; losses are summed in 16 chains, example e going to
     * chain e mod 16. Parameters as for {@link #binaryCrossEntropy}; a prediction is right when the first largest z and the
     * first largest target belong to the same output.
     */
    void softmaxCrossEntropy(
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

    /**
     * The end of the forward pass and the start of the backward pass for linear outputs with squared error. For target t the loss
     * is (z − t)², its derivative 2·(z − t). Parameters and sums as for {@link #binaryCrossEntropy}; no prediction is wrong.
     */
    void squaredError(
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

    /**
     * Softmax in place, for predictions: z becomes exp(z − m)/Σ exp(z − m), with m the largest z of an example. Shared by all
     * kernels: prediction is not performance critical.
     *
     * @param z pre-activations from {@code zAt} on, {@code [output][256]}
     */
    void softmax(int outputs, float[] z, int zAt);
}
