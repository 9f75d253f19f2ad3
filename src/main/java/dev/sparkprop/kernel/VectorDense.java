package dev.sparkprop.kernel;

/**
 * One layer in vector registers. Its weights are packed after each load, unchanged for forward and
 * transposed for backward.
 */
final class VectorDense implements DenseKernel {
    /** Running sums of ∂W and ∂b of one layer. {@link Dense#wide()} selects the order of summation. */
    sealed interface Gradient permits VectorWideGradient, VectorNarrowGradient {
        /**
         * Adds one tile: ∂W += delta·xᵀ and ∂b += Σ delta, with delta {@code [outputs][256]} and x {@code [inputs][256]}.
         */
        void add(float[] delta, int deltaOffset, float[] x, int xOffset);

        /** Adds the sums to the layer's part of the gradient in float64 and resets them to zero. */
        void drain(double[] gradient);
    }

    private final Dense layer;
    private final Workspace workspace;
    private final VectorMatrix weights;
    /** Allocated and packed on first use: the lowest layer of a network never runs backward. */
    private VectorMatrix transposedWeights;

    private boolean transposedLoaded;
    private final Gradient running;
    private float[] parameters;
    /** Number of tiles in the running sums. */
    private int tiles;

    VectorDense(Dense layer, Workspace workspace) {
        this.layer = layer;
        this.workspace = workspace;
        this.weights = new VectorMatrix(layer.outputs(), layer.inputs(), workspace);
        this.running =
                layer.wide() ? new VectorWideGradient(layer, workspace) : new VectorNarrowGradient(layer, workspace);
    }

    @Override
    public void load(float[] from) {
        parameters = from;
        weights.pack(from, layer.weights(), layer.inputs(), 1);
        weights.packStarts(from, layer.biases());
        transposedLoaded = false;
    }

    @Override
    public void forward(Activation activation, float[] x, int xOffset, float[] a, int aOffset) {
        weights.multiply(x, xOffset, a, aOffset);
        VectorActivation.apply(activation, layer.outputs(), a, aOffset);
    }

    @Override
    public void backward(
            float[] delta,
            int deltaOffset,
            Activation below,
            float[] x,
            int xOffset,
            float[] deltaBelow,
            int deltaBelowOffset) {
        if (!transposedLoaded) {
            loadTransposed();
        }
        transposedWeights.multiply(delta, deltaOffset, deltaBelow, deltaBelowOffset);
        VectorActivation.multiplyByDerivative(below, layer.inputs(), x, xOffset, deltaBelow, deltaBelowOffset);
    }

    private void loadTransposed() {
        if (transposedWeights == null) {
            transposedWeights = new VectorMatrix(layer.inputs(), layer.outputs(), workspace);
        }
        transposedWeights.pack(parameters, layer.weights(), 1, layer.inputs());
        transposedLoaded = true;
    }

    @Override
    public void accumulate(float[] delta, int deltaOffset, float[] x, int xOffset, double[] gradient) {
        running.add(delta, deltaOffset, x, xOffset);
        tiles++;
        if (tiles == layer.tilesPerDrain()) {
            drain(gradient);
        }
    }

    @Override
    public void drain(double[] gradient) {
        if (tiles == 0) {
            return;
        }
        running.drain(gradient);
        tiles = 0;
    }
}
