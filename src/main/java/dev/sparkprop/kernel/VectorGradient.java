package dev.sparkprop.kernel;

/** Running sums of ∂W and ∂b of one layer: how they are formed follows from {@link Dense#wide()}. */
sealed interface VectorGradient permits VectorWideGradient, VectorNarrowGradient {

    /** ∂W += delta·xᵀ and ∂b += Σ delta for one tile, delta {@code [outputs][256]} and x {@code [inputs][256]}. */
    void add(float[] delta, int deltaAt, float[] x, int xAt);

    /** Adds the sums to the flat gradient in float64 and sets them to zero. */
    void drain(double[] gradient);
}
