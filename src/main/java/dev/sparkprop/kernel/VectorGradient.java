package dev.sparkprop.kernel;

/** Running sums of ∂W and ∂b of one layer. {@link Dense#wide()} selects the order of summation. */
sealed interface VectorGradient permits VectorWideGradient, VectorNarrowGradient {

    /**
     * Adds one tile: ∂W += delta·xᵀ and ∂b += Σ delta, with delta {@code [outputs][256]} and x {@code [inputs][256]}.
     */
    void add(float[] delta, int deltaOffset, float[] x, int xOffset);

    /** Adds the sums to the layer's part of the gradient in float64 and resets them to zero. */
    void drain(double[] gradient);
}
