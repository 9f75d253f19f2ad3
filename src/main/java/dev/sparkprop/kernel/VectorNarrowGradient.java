package dev.sparkprop.kernel;

import static dev.sparkprop.kernel.Chains.CHAINS;
import static dev.sparkprop.kernel.VectorMath.LANES;
import static dev.sparkprop.kernel.VectorMath.load;

import dev.sparkprop.data.Tile;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Running sums of ∂W and ∂b of a layer that is not wide. The lanes hold examples, in 16 chains per sum. A bias is the
 * weight of an additional input that is always 1: {@code fma(delta, 1, s)} has the same bits as {@code delta + s}.
 * Blocks of four, two or one outputs by four inputs stay in registers over a whole tile.
 */
final class VectorNarrowGradient implements VectorDense.Gradient {
    /** Number of inputs in a block. */
    private static final int INPUTS = 4;

    private final Dense layer;
    /** Number of blocks of inputs. The last block ends with the bias. */
    private final int blocks;
    /**
     * {@code [outputs][blocks][4][16]}. Entries between the last input and the bias repeat that input and
     * are never read.
     */
    private final float[] sums;

    private final int sumsOffset;
    private final int rowStride;
    /** The input of the biases, 256 ones. */
    private final float[] ones;

    private final int onesOffset;

    VectorNarrowGradient(Dense layer, Workspace workspace) {
        this.layer = layer;
        this.blocks = layer.inputs() / INPUTS + 1;
        this.rowStride = blocks * INPUTS * CHAINS;
        Workspace.Floats allSums = workspace.allocate(layer.outputs() * rowStride);
        this.sums = allSums.array();
        this.sumsOffset = allSums.offset();
        Workspace.Floats one = workspace.allocate(Tile.EXAMPLES);
        this.ones = one.array();
        this.onesOffset = one.offset();
        Arrays.fill(ones, onesOffset, onesOffset + Tile.EXAMPLES, 1f);
    }

    @Override
    public void add(float[] delta, int deltaOffset, float[] x, int xOffset) {
        for (int block = 0; block < blocks - 1; block++) {
            int x0 = xOffset + block * INPUTS * Tile.EXAMPLES;
            int x1 = x0 + Tile.EXAMPLES;
            int x2 = x1 + Tile.EXAMPLES;
            addBlock(block, delta, deltaOffset, x, x0, x1, x2, x, x2 + Tile.EXAMPLES);
        }
        int first = (blocks - 1) * INPUTS;
        int x0 = xOffset + Math.min(first, layer.inputs() - 1) * Tile.EXAMPLES;
        int x1 = xOffset + Math.min(first + 1, layer.inputs() - 1) * Tile.EXAMPLES;
        int x2 = xOffset + Math.min(first + 2, layer.inputs() - 1) * Tile.EXAMPLES;
        addBlock(blocks - 1, delta, deltaOffset, x, x0, x1, x2, ones, onesOffset);
    }

    /** Adds four inputs for all outputs. The last input may be in another array. */
    private void addBlock(
            int block, float[] delta, int deltaOffset, float[] x, int x0, int x1, int x2, float[] y, int x3) {
        int at = sumsOffset + block * INPUTS * CHAINS;
        int o = 0;
        for (; o + 4 <= layer.outputs(); o += 4) {
            addFour(at + o * rowStride, delta, deltaOffset + o * Tile.EXAMPLES, x, x0, x1, x2, y, x3);
        }
        if (o + 2 <= layer.outputs()) {
            addTwo(at + o * rowStride, delta, deltaOffset + o * Tile.EXAMPLES, x, x0, x1, x2, y, x3);
            o += 2;
        }
        if (o < layer.outputs()) {
            addOne(at + o * rowStride, delta, deltaOffset + o * Tile.EXAMPLES, x, x0, x1, x2, y, x3);
        }
    }

    /** Adds four outputs by four inputs. */
    private void addFour(int at, float[] delta, int deltaOffset, float[] x, int x0, int x1, int x2, float[] y, int x3) {
        for (int chain = 0; chain < CHAINS; chain += LANES) {
            int row0 = at + chain;
            int row1 = at + chain + rowStride;
            int row2 = at + chain + 2 * rowStride;
            int row3 = at + chain + 3 * rowStride;
            FloatVector s00 = load(sums, row0);
            FloatVector s01 = load(sums, row0 + CHAINS);
            FloatVector s02 = load(sums, row0 + 2 * CHAINS);
            FloatVector s03 = load(sums, row0 + 3 * CHAINS);
            FloatVector s10 = load(sums, row1);
            FloatVector s11 = load(sums, row1 + CHAINS);
            FloatVector s12 = load(sums, row1 + 2 * CHAINS);
            FloatVector s13 = load(sums, row1 + 3 * CHAINS);
            FloatVector s20 = load(sums, row2);
            FloatVector s21 = load(sums, row2 + CHAINS);
            FloatVector s22 = load(sums, row2 + 2 * CHAINS);
            FloatVector s23 = load(sums, row2 + 3 * CHAINS);
            FloatVector s30 = load(sums, row3);
            FloatVector s31 = load(sums, row3 + CHAINS);
            FloatVector s32 = load(sums, row3 + 2 * CHAINS);
            FloatVector s33 = load(sums, row3 + 3 * CHAINS);
            for (int e = chain; e < Tile.EXAMPLES; e += CHAINS) {
                FloatVector b0 = load(x, x0 + e);
                FloatVector b1 = load(x, x1 + e);
                FloatVector b2 = load(x, x2 + e);
                FloatVector b3 = load(y, x3 + e);
                FloatVector d0 = load(delta, deltaOffset + e);
                s00 = d0.fma(b0, s00);
                s01 = d0.fma(b1, s01);
                s02 = d0.fma(b2, s02);
                s03 = d0.fma(b3, s03);
                FloatVector d1 = load(delta, deltaOffset + e + Tile.EXAMPLES);
                s10 = d1.fma(b0, s10);
                s11 = d1.fma(b1, s11);
                s12 = d1.fma(b2, s12);
                s13 = d1.fma(b3, s13);
                FloatVector d2 = load(delta, deltaOffset + e + 2 * Tile.EXAMPLES);
                s20 = d2.fma(b0, s20);
                s21 = d2.fma(b1, s21);
                s22 = d2.fma(b2, s22);
                s23 = d2.fma(b3, s23);
                FloatVector d3 = load(delta, deltaOffset + e + 3 * Tile.EXAMPLES);
                s30 = d3.fma(b0, s30);
                s31 = d3.fma(b1, s31);
                s32 = d3.fma(b2, s32);
                s33 = d3.fma(b3, s33);
            }
            s00.intoArray(sums, row0);
            s01.intoArray(sums, row0 + CHAINS);
            s02.intoArray(sums, row0 + 2 * CHAINS);
            s03.intoArray(sums, row0 + 3 * CHAINS);
            s10.intoArray(sums, row1);
            s11.intoArray(sums, row1 + CHAINS);
            s12.intoArray(sums, row1 + 2 * CHAINS);
            s13.intoArray(sums, row1 + 3 * CHAINS);
            s20.intoArray(sums, row2);
            s21.intoArray(sums, row2 + CHAINS);
            s22.intoArray(sums, row2 + 2 * CHAINS);
            s23.intoArray(sums, row2 + 3 * CHAINS);
            s30.intoArray(sums, row3);
            s31.intoArray(sums, row3 + CHAINS);
            s32.intoArray(sums, row3 + 2 * CHAINS);
            s33.intoArray(sums, row3 + 3 * CHAINS);
        }
    }

    /** Adds two outputs by four inputs. */
    private void addTwo(int at, float[] delta, int deltaOffset, float[] x, int x0, int x1, int x2, float[] y, int x3) {
        for (int chain = 0; chain < CHAINS; chain += LANES) {
            int row0 = at + chain;
            int row1 = at + chain + rowStride;
            FloatVector s00 = load(sums, row0);
            FloatVector s01 = load(sums, row0 + CHAINS);
            FloatVector s02 = load(sums, row0 + 2 * CHAINS);
            FloatVector s03 = load(sums, row0 + 3 * CHAINS);
            FloatVector s10 = load(sums, row1);
            FloatVector s11 = load(sums, row1 + CHAINS);
            FloatVector s12 = load(sums, row1 + 2 * CHAINS);
            FloatVector s13 = load(sums, row1 + 3 * CHAINS);
            for (int e = chain; e < Tile.EXAMPLES; e += CHAINS) {
                FloatVector b0 = load(x, x0 + e);
                FloatVector b1 = load(x, x1 + e);
                FloatVector b2 = load(x, x2 + e);
                FloatVector b3 = load(y, x3 + e);
                FloatVector d0 = load(delta, deltaOffset + e);
                s00 = d0.fma(b0, s00);
                s01 = d0.fma(b1, s01);
                s02 = d0.fma(b2, s02);
                s03 = d0.fma(b3, s03);
                FloatVector d1 = load(delta, deltaOffset + e + Tile.EXAMPLES);
                s10 = d1.fma(b0, s10);
                s11 = d1.fma(b1, s11);
                s12 = d1.fma(b2, s12);
                s13 = d1.fma(b3, s13);
            }
            s00.intoArray(sums, row0);
            s01.intoArray(sums, row0 + CHAINS);
            s02.intoArray(sums, row0 + 2 * CHAINS);
            s03.intoArray(sums, row0 + 3 * CHAINS);
            s10.intoArray(sums, row1);
            s11.intoArray(sums, row1 + CHAINS);
            s12.intoArray(sums, row1 + 2 * CHAINS);
            s13.intoArray(sums, row1 + 3 * CHAINS);
        }
    }

    /** Adds one output by four inputs. */
    private void addOne(int at, float[] delta, int deltaOffset, float[] x, int x0, int x1, int x2, float[] y, int x3) {
        for (int chain = 0; chain < CHAINS; chain += LANES) {
            int row = at + chain;
            FloatVector s0 = load(sums, row);
            FloatVector s1 = load(sums, row + CHAINS);
            FloatVector s2 = load(sums, row + 2 * CHAINS);
            FloatVector s3 = load(sums, row + 3 * CHAINS);
            for (int e = chain; e < Tile.EXAMPLES; e += CHAINS) {
                FloatVector d = load(delta, deltaOffset + e);
                s0 = d.fma(load(x, x0 + e), s0);
                s1 = d.fma(load(x, x1 + e), s1);
                s2 = d.fma(load(x, x2 + e), s2);
                s3 = d.fma(load(y, x3 + e), s3);
            }
            s0.intoArray(sums, row);
            s1.intoArray(sums, row + CHAINS);
            s2.intoArray(sums, row + 2 * CHAINS);
            s3.intoArray(sums, row + 3 * CHAINS);
        }
    }

    @Override
    public void drain(double[] gradient) {
        for (int o = 0; o < layer.outputs(); o++) {
            int weights = layer.weights() + o * layer.inputs();
            int row = sumsOffset + o * rowStride;
            for (int i = 0; i < layer.inputs(); i++) {
                gradient[weights + i] += Chains.fold(sums, row + i * CHAINS);
            }
            gradient[layer.biases() + o] += Chains.fold(sums, row + rowStride - CHAINS);
        }
        Arrays.fill(sums, sumsOffset, sumsOffset + layer.outputs() * rowStride, 0f);
    }
}
