package dev.sparkprop.kernel;

/**
 * The arithmetic of one fully connected layer on tiles: forward, backward, and the gradient of its parameters. Keeps
 * the layer's parameters in its own packed layout, and the running sums of their gradient. Not thread-safe.
 */
public interface DenseKernel {

    /**
     * Loads this layer's weights and biases from the flat parameter array. The array may be read until the next load.
     */
    void load(float[] parameters);

    /**
     * Forward: a = f(z) with z = W·x + b. Each z is the chain that starts with b and applies {@code fma(w, x, z)}
     * over the inputs in order.
     *
     * @param x the input {@code [inputs][256]}, from {@code xOffset}
     * @param a receives the output {@code [outputs][256]}, from {@code aOffset}; must not overlap x
     */
    void forward(Activation activation, float[] x, int xOffset, float[] a, int aOffset);

    /**
     * Backward: for a = f(W·x + b), the error of the layer below is delta′ = (Wᵀ·delta) ⊙ g′, with g the activation
     * that computed x. Each sum is the chain that starts with 0 and applies {@code fma(w, delta, s)} over the
     * outputs in order.
     *
     * @param delta ∂loss/∂z of this layer, {@code [outputs][256]}, from {@code deltaOffset}
     * @param below the activation that computed {@code x}
     * @param x the input of this layer, {@code [inputs][256]}, from {@code xOffset}
     * @param deltaBelow receives ∂loss/∂z of the layer below, {@code [inputs][256]}, from {@code deltaBelowOffset}
     */
    void backward(
            float[] delta,
            int deltaOffset,
            Activation below,
            float[] x,
            int xOffset,
            float[] deltaBelow,
            int deltaBelowOffset);

    /**
     * Adds a tile to the running sums ∂W += delta·xᵀ and ∂b += Σ delta. Chains continue from tile to tile. Each
     * weight of a wide layer has one chain over all examples. Each weight of another layer, and each bias, has 16
     * chains; example e belongs to chain e mod 16. When the chains of the weights reach 2,048 additions, all sums are
     * drained to the gradient.
     *
     * @param gradient the flat gradient, in the order of the parameters
     */
    void accumulate(float[] delta, int deltaOffset, float[] x, int xOffset, double[] gradient);

    /**
     * Adds the running sums to the flat gradient in float64 and resets them to zero. Must be called after the last
     * tile. Sixteen chains are folded in float32 as c[i] + c[i+8], then +4, +2, +1.
     */
    void drain(double[] gradient);
}
