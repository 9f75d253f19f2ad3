package dev.sparkprop.kernel;

import static dev.sparkprop.kernel.VectorMath.LANES;
import static dev.sparkprop.kernel.VectorMath.broadcast;
import static dev.sparkprop.kernel.VectorMath.load;

import dev.sparkprop.data.Tile;
import jdk.incubator.vector.FloatVector;

/**
 * Running sums of ∂W and ∂b of a wide layer. For ∂W, the lanes hold outputs, and each weight has one chain over the
 * examples. Delta is transposed instead of x, because most networks become narrower towards the output; the products
 * are the same. Panels of 32 outputs by blocks of eight inputs stay in registers over a whole tile.
 */
final class VectorWideGradient implements VectorDense.Gradient {
    /** Number of outputs in a panel. */
    private static final int PANEL = 32;
    /** Number of inputs in a block. */
    private static final int INPUTS = 8;

    private static final int BLOCK = INPUTS * PANEL;
    private static final float[] ZEROS = new float[BLOCK];
    /** Number of blocks to drain together. */
    private static final int RUN = 8;

    private final Dense layer;
    private final VectorBiasGradient biases;
    private final int blocks;
    private final int panels;
    /** One panel of delta, {@code [256][32]}, which stays in the L1 cache for all inputs. */
    private final float[] transposed;

    private final int transposedOffset;
    /**
     * {@code [panel][block][8][32]}, the order in which a tile accesses them, so that the hardware
     * prefetcher works well.
     */
    private final float[] sums;

    private final int sumsOffset;
    /** Whether the sums are zero, regardless of the array's contents. This is cheaper than clearing the array. */
    private boolean empty = true;

    VectorWideGradient(Dense layer, Workspace workspace) {
        this.layer = layer;
        this.biases = new VectorBiasGradient(layer, workspace);
        this.blocks = (layer.inputs() + INPUTS - 1) / INPUTS;
        this.panels = (layer.outputs() + PANEL - 1) / PANEL;
        Workspace.Floats panelOfDelta = workspace.allocate(Tile.EXAMPLES * PANEL);
        this.transposed = panelOfDelta.array();
        this.transposedOffset = panelOfDelta.offset();
        Workspace.Floats allSums = workspace.allocate(blocks * panels * BLOCK);
        this.sums = allSums.array();
        this.sumsOffset = allSums.offset();
    }

    @Override
    public void add(float[] delta, int deltaOffset, float[] x, int xOffset) {
        biases.add(delta, deltaOffset);
        for (int panel = 0; panel < panels; panel++) {
            transpose(panel, delta, deltaOffset);
            for (int block = 0; block < blocks; block++) {
                int at = sumsOffset + (panel * blocks + block) * BLOCK;
                int rows = xOffset + firstInput(block) * Tile.EXAMPLES;
                if (empty) {
                    addBlock(ZEROS, 0, at, x, rows);
                } else {
                    addBlock(sums, at, at, x, rows);
                }
            }
        }
        empty = false;
    }

    /**
     * Returns the first input of a block. The last block ends with the last input and may overlap the previous block;
     * each block has its own sums.
     */
    private int firstInput(int block) {
        return Math.min(block * INPUTS, layer.inputs() - INPUTS);
    }

    /** Transposes eight rows at a time, as many as the L1 cache can hold at the stride of a row. */
    private void transpose(int panel, float[] delta, int deltaOffset) {
        int outputs = Math.min(PANEL, layer.outputs() - panel * PANEL);
        int rows = deltaOffset + panel * PANEL * Tile.EXAMPLES;
        for (int o = 0; o < PANEL; o += 8) {
            if (o + 8 <= outputs) {
                transposeEight(delta, rows + o * Tile.EXAMPLES, o);
            } else {
                transposeRest(delta, rows + o * Tile.EXAMPLES, outputs - o, o);
            }
        }
    }

    /** Transposes fewer than eight rows, or none, and fills the remaining ones with 0. */
    private void transposeRest(float[] delta, int from, int rows, int to) {
        for (int e = 0; e < Tile.EXAMPLES; e++) {
            for (int row = 0; row < 8; row++) {
                transposed[transposedOffset + to + e * PANEL + row] =
                        row < rows ? delta[from + row * Tile.EXAMPLES + e] : 0f;
            }
        }
    }

    private void transposeEight(float[] delta, int from, int to) {
        for (int e = 0; e < Tile.EXAMPLES; e++) {
            int t = transposedOffset + to + e * PANEL;
            int d = from + e;
            transposed[t] = delta[d];
            transposed[t + 1] = delta[d + Tile.EXAMPLES];
            transposed[t + 2] = delta[d + 2 * Tile.EXAMPLES];
            transposed[t + 3] = delta[d + 3 * Tile.EXAMPLES];
            transposed[t + 4] = delta[d + 4 * Tile.EXAMPLES];
            transposed[t + 5] = delta[d + 5 * Tile.EXAMPLES];
            transposed[t + 6] = delta[d + 6 * Tile.EXAMPLES];
            transposed[t + 7] = delta[d + 7 * Tile.EXAMPLES];
        }
    }

    /** Adds eight inputs by the transposed panel of outputs, starting from the sums in {@code start}. */
    private void addBlock(float[] start, int startOffset, int at, float[] x, int xOffset) {
        for (int lane = 0; lane < PANEL; lane += 2 * LANES) {
            int f = startOffset + lane;
            FloatVector s00 = load(start, f);
            FloatVector s01 = load(start, f + LANES);
            FloatVector s10 = load(start, f + PANEL);
            FloatVector s11 = load(start, f + PANEL + LANES);
            FloatVector s20 = load(start, f + 2 * PANEL);
            FloatVector s21 = load(start, f + 2 * PANEL + LANES);
            FloatVector s30 = load(start, f + 3 * PANEL);
            FloatVector s31 = load(start, f + 3 * PANEL + LANES);
            FloatVector s40 = load(start, f + 4 * PANEL);
            FloatVector s41 = load(start, f + 4 * PANEL + LANES);
            FloatVector s50 = load(start, f + 5 * PANEL);
            FloatVector s51 = load(start, f + 5 * PANEL + LANES);
            FloatVector s60 = load(start, f + 6 * PANEL);
            FloatVector s61 = load(start, f + 6 * PANEL + LANES);
            FloatVector s70 = load(start, f + 7 * PANEL);
            FloatVector s71 = load(start, f + 7 * PANEL + LANES);
            for (int e = 0; e < Tile.EXAMPLES; e++) {
                int d = transposedOffset + e * PANEL + lane;
                int i = xOffset + e;
                FloatVector d0 = load(transposed, d);
                FloatVector d1 = load(transposed, d + LANES);
                FloatVector x0 = broadcast(x[i]);
                s00 = x0.fma(d0, s00);
                s01 = x0.fma(d1, s01);
                FloatVector x1 = broadcast(x[i + Tile.EXAMPLES]);
                s10 = x1.fma(d0, s10);
                s11 = x1.fma(d1, s11);
                FloatVector x2 = broadcast(x[i + 2 * Tile.EXAMPLES]);
                s20 = x2.fma(d0, s20);
                s21 = x2.fma(d1, s21);
                FloatVector x3 = broadcast(x[i + 3 * Tile.EXAMPLES]);
                s30 = x3.fma(d0, s30);
                s31 = x3.fma(d1, s31);
                FloatVector x4 = broadcast(x[i + 4 * Tile.EXAMPLES]);
                s40 = x4.fma(d0, s40);
                s41 = x4.fma(d1, s41);
                FloatVector x5 = broadcast(x[i + 5 * Tile.EXAMPLES]);
                s50 = x5.fma(d0, s50);
                s51 = x5.fma(d1, s51);
                FloatVector x6 = broadcast(x[i + 6 * Tile.EXAMPLES]);
                s60 = x6.fma(d0, s60);
                s61 = x6.fma(d1, s61);
                FloatVector x7 = broadcast(x[i + 7 * Tile.EXAMPLES]);
                s70 = x7.fma(d0, s70);
                s71 = x7.fma(d1, s71);
            }
            int s = at + lane;
            s00.intoArray(sums, s);
            s01.intoArray(sums, s + LANES);
            s10.intoArray(sums, s + PANEL);
            s11.intoArray(sums, s + PANEL + LANES);
            s20.intoArray(sums, s + 2 * PANEL);
            s21.intoArray(sums, s + 2 * PANEL + LANES);
            s30.intoArray(sums, s + 3 * PANEL);
            s31.intoArray(sums, s + 3 * PANEL + LANES);
            s40.intoArray(sums, s + 4 * PANEL);
            s41.intoArray(sums, s + 4 * PANEL + LANES);
            s50.intoArray(sums, s + 5 * PANEL);
            s51.intoArray(sums, s + 5 * PANEL + LANES);
            s60.intoArray(sums, s + 6 * PANEL);
            s61.intoArray(sums, s + 6 * PANEL + LANES);
            s70.intoArray(sums, s + 7 * PANEL);
            s71.intoArray(sums, s + 7 * PANEL + LANES);
        }
    }

    @Override
    public void drain(double[] gradient) {
        biases.drain(gradient);
        for (int panel = 0; panel < panels; panel++) {
            for (int block = 0; block < blocks; block += RUN) {
                drainRun(block, Math.min(block + RUN, blocks), panel, gradient);
            }
        }
        empty = true;
    }

    /** Drains some blocks of one panel. Their sums stay in the L1 cache while each output adds a sequence of inputs. */
    private void drainRun(int from, int to, int panel, double[] gradient) {
        int outputs = Math.min(PANEL, layer.outputs() - panel * PANEL);
        for (int o = 0; o < outputs; o++) {
            int weights = layer.weights() + (panel * PANEL + o) * layer.inputs();
            for (int block = from; block < to; block++) {
                int at = sumsOffset + (panel * blocks + block) * BLOCK + o;
                int first = firstInput(block);
                for (int i = block * INPUTS; i < first + INPUTS; i++) {
                    gradient[weights + i] += sums[at + (i - first) * PANEL];
                }
            }
        }
    }
}
