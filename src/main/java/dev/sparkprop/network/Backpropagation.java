package dev.sparkprop.network;

import dev.sparkprop.data.Shard;
import dev.sparkprop.data.Tile;
import dev.sparkprop.kernel.Activation;
import dev.sparkprop.kernel.Dense;
import dev.sparkprop.kernel.DenseKernel;
import dev.sparkprop.kernel.Kernels;
import dev.sparkprop.kernel.LossTotal;
import dev.sparkprop.kernel.ReadAhead;
import dev.sparkprop.kernel.Workspace;
import dev.sparkprop.kernel.Workspace.Floats;
import java.util.Arrays;
import java.util.List;

/**
 * The forward and backward pass over tiles. Owns the workspace of one thread, which contains the activations and
 * deltas of all layers for one tile, so that nothing is allocated per tile.
 */
public final class Backpropagation {
    /** Data to read ahead: large enough to hide the latency of memory, and a part of an L2 cache. */
    private static final int AHEAD_BYTES = 256 << 10;

    private final Topology topology;
    private final Kernels kernels;
    private final List<Dense> layers;
    private final DenseKernel[] dense;
    /** Offsets of the layers' activations in {@link #activations}. The last block contains z of the output layer. */
    private final int[] offsets;

    private final float[] activations;
    private final LossTotal total;
    private final ReadAhead readAhead = new ReadAhead();
    /** Number of tiles to read ahead, 0 if a tile is too large. */
    private final int tilesAhead;
    /** Deltas of one layer. The two parts are swapped at each layer of the backward pass. */
    private Floats delta;

    private Floats deltaBelow;

    /** Creates a workspace for networks of this shape. */
    public Backpropagation(Topology topology, Kernels kernels) {
        this.topology = topology;
        this.kernels = kernels;
        this.layers = new ParameterLayout(topology).dense();
        this.offsets = new int[layers.size()];
        Workspace workspace = new Workspace();
        this.tilesAhead = AHEAD_BYTES / ((topology.inputs() + topology.outputs()) * Tile.EXAMPLES * Float.BYTES);
        int rows = 0;
        int widest = 0;
        for (int l = 0; l < offsets.length; l++) {
            offsets[l] = rows * Tile.EXAMPLES;
            rows += layers.get(l).outputs();
            widest = Math.max(widest, layers.get(l).outputs());
        }
        Floats allActivations = workspace.allocate(rows * Tile.EXAMPLES);
        this.activations = allActivations.array();
        Arrays.setAll(offsets, l -> allActivations.offset() + offsets[l]);
        this.delta = workspace.allocate(widest * Tile.EXAMPLES);
        this.deltaBelow = workspace.allocate(widest * Tile.EXAMPLES);
        this.total = new LossTotal(workspace);
        this.dense =
                layers.stream().map(layer -> kernels.dense(layer, workspace)).toArray(DenseKernel[]::new);
    }

    /** Loads the parameters, which must not change until the next call. */
    public void load(float[] parameters) {
        for (DenseKernel layer : dense) {
            layer.load(parameters);
        }
    }

    /** Adds loss, gradient and counts of one shard to the sums, at the loaded parameters. */
    public void addTo(GradientSum sum, Shard shard) {
        total.reset();
        for (int tile = 0; tile < shard.tiles(); tile++) {
            readAhead(shard, tile);
            int features = tile * topology.inputs() * Tile.EXAMPLES;
            forward(shard.features(), features, Activation.LINEAR);
            loss(shard, tile);
            backward(shard.features(), features, sum.gradient());
        }
        for (DenseKernel layer : dense) {
            layer.drain(sum.gradient());
        }
        add(sum, shard);
    }

    /** Adds loss and counts of one shard to the sums, at the loaded parameters. */
    public void addLossTo(GradientSum sum, Shard shard) {
        total.reset();
        for (int tile = 0; tile < shard.tiles(); tile++) {
            readAhead(shard, tile);
            forward(shard.features(), tile * topology.inputs() * Tile.EXAMPLES, Activation.LINEAR);
            loss(shard, tile);
        }
        add(sum, shard);
    }

    /** Reads the next tiles into the cache, before the first of them is used. */
    private void readAhead(Shard shard, int tile) {
        if (tilesAhead > 0 && tile % tilesAhead == 0) {
            int tiles = Math.min(tilesAhead, shard.tiles() - tile);
            readRows(shard.features(), topology.inputs(), tile, tiles);
            readRows(shard.targets(), topology.outputs(), tile, tiles);
        }
    }

    private void readRows(float[] values, int rows, int tile, int tiles) {
        readAhead.read(values, tile * rows * Tile.EXAMPLES, tiles * rows * Tile.EXAMPLES);
    }

    private void add(GradientSum sum, Shard shard) {
        double weight = shard.totalWeight();
        sum.add(total.loss(), weight, weight * predictions() - total.wrong());
    }

    /** Returns the number of predictions per example. */
    private int predictions() {
        return topology.loss().terms(topology.outputs());
    }

    /**
     * Computes the outputs for one tile of features at the loaded parameters.
     *
     * @param features the features {@code [input][256]}, from {@code featuresOffset}
     * @param outputs receives the outputs {@code [output][256]}, from {@code outputsOffset}
     */
    public void predict(float[] features, int featuresOffset, float[] outputs, int outputsOffset) {
        forward(features, featuresOffset, topology.output() == Output.SIGMOID ? Activation.SIGMOID : Activation.LINEAR);
        copyOutputs(outputs, outputsOffset);
        if (topology.output() == Output.SOFTMAX) {
            kernels.softmax(topology.outputs(), outputs, outputsOffset);
        }
    }

    /**
     * Computes the pre-activations z of the outputs for one tile of features at the loaded parameters. They retain
     * differences that the outputs lose: in float32, the sigmoid of any z above 17 is 1.
     *
     * @param features the features {@code [input][256]}, from {@code featuresOffset}
     * @param z receives the pre-activations {@code [output][256]}, from {@code zOffset}
     */
    public void preActivations(float[] features, int featuresOffset, float[] z, int zOffset) {
        forward(features, featuresOffset, Activation.LINEAR);
        copyOutputs(z, zOffset);
    }

    private void copyOutputs(float[] into, int at) {
        int top = layers.size() - 1;
        System.arraycopy(activations, offsets[top], into, at, layers.get(top).outputs() * Tile.EXAMPLES);
    }

    /** Computes a = f(W·x + b), layer by layer. */
    private void forward(float[] x, int xOffset, Activation last) {
        int top = layers.size() - 1;
        for (int l = 0; l <= top; l++) {
            Activation activation = l == top ? last : topology.hidden().get(l);
            dense[l].forward(activation, input(x, l), inputOffset(xOffset, l), activations, offsets[l]);
        }
    }

    /** Adds the tile's loss and stores ∂loss/∂z of the output layer in {@link #delta}. */
    private void loss(Shard shard, int tile) {
        int outputs = topology.outputs();
        boolean unweighted = shard.weights().length == 0;
        float[] weights = unweighted ? LaneCounts.floats() : shard.weights();
        int weightsOffset = unweighted ? LaneCounts.at(shard.occupied(tile)) : tile * Tile.EXAMPLES;
        int z = offsets[layers.size() - 1];
        int t = tile * outputs * Tile.EXAMPLES;
        float[] targets = shard.targets();
        float[] d = delta.array();
        int dOffset = delta.offset();
        switch (topology.loss()) {
            case BINARY_CROSS_ENTROPY ->
                kernels.binaryCrossEntropy(
                        outputs, weights, weightsOffset, activations, z, targets, t, d, dOffset, total);
            case SQUARED_ERROR ->
                kernels.squaredError(outputs, weights, weightsOffset, activations, z, targets, t, d, dOffset, total);
            case SOFTMAX_CROSS_ENTROPY ->
                kernels.softmaxCrossEntropy(
                        outputs, weights, weightsOffset, activations, z, targets, t, d, dOffset, total);
        }
    }

    /**
     * Runs the backward pass. For a = f(W·x + b), it adds ∂W += delta·xᵀ and ∂b += Σ delta, and computes (Wᵀ·delta) ⊙
     * f′ for the layer below.
     */
    private void backward(float[] x, int xOffset, double[] gradient) {
        for (int l = layers.size() - 1; l >= 0; l--) {
            float[] input = input(x, l);
            int inputOffset = inputOffset(xOffset, l);
            dense[l].accumulate(delta.array(), delta.offset(), input, inputOffset, gradient);
            if (l > 0) {
                Activation below = topology.hidden().get(l - 1);
                dense[l].backward(
                        delta.array(),
                        delta.offset(),
                        below,
                        input,
                        inputOffset,
                        deltaBelow.array(),
                        deltaBelow.offset());
                Floats swap = delta;
                delta = deltaBelow;
                deltaBelow = swap;
            }
        }
    }

    private float[] input(float[] x, int l) {
        return l == 0 ? x : activations;
    }

    private int inputOffset(int xOffset, int l) {
        return l == 0 ? xOffset : offsets[l - 1];
    }
}
