package dev.sparkprop.kernel;

/**
 * The arithmetic of one fully connected layer on tiles: forward, backward, and the gradient of its parameters. Holds the
 * layer's parameters as it likes them best and the running sums of their gradient; belongs to one thread.
 */
public interface DenseKernel {

    /** Takes this layer's weights and biases from the flat parameter array, which it may go on reading until the next load. */
    void load(float[] parameters);

    /**
     * Forward: a = f(z) with z = W·x + b. Each z is the chain b, then {@code fma(w, x, z)} over the inputs in order.
     *
     * @param x {@code [inputs][256]} from {@code xAt} on
     * @param a receives {@code [outputs][256]} from {@code aAt} on; does not overlap x
     */
    void forward(Activation activation, float[] x, int xAt, float[] a, int aAt);

    /**
     * Backward: where forward was a = f(W·x + b), the error below is delta′ = (Wᵀ·delta) ⊙ g′, with g the activation that
     * made x. Each sum is the chain 0, then {@code fma(w, delta, s)} over the outputs in order.
     *
     * @param delta ∂loss/∂z of this layer, {@code [outputs][256]} from {@code deltaAt} on
     * @param below the activation that made {@code x}
     * @param x this layer's input, {@code [inputs][256]} from {@code xAt} on
     * @param deltaBelow receives ∂loss/∂z of the layer below, {@code [inputs][256]} from {@code deltaBelowAt} on
     */
    void backward(
            float[] delta, int deltaAt, Activation below, float[] x, int xAt, float[] deltaBelow, int deltaBelowAt);

    /**
     * Adds a tile to the running sums ∂W += delta·xᵀ and ∂b += Σ delta. Chains go on from tile to tile: one over all
     * examples for each weight of a wide layer, else 16 for each weight, as for each bias always (example e belongs to chain
     * e mod 16). When the chains of weights have grown to 2,048 additions, all sums are drained to the gradient.
     *
     * @param gradient the flat gradient, in the order of the parameters
     */
    void accumulate(float[] delta, int deltaAt, float[] x, int xAt, double[] gradient);

    /**
     * Adds the running sums to the flat gradient in float64 and sets them to zero: to be called after the last tile.
     * Sixteen chains fold in float32 as c[i] + c[i+8], then +4, +2, +1.
     */
    void drain(double[] gradient);
}
