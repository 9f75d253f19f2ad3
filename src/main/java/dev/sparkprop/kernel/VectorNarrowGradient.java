package dev.sparkprop.kernel;

import static dev.sparkprop.kernel.ScalarKernels.CHAINS;
import static dev.sparkprop.kernel.VectorMath.LANES;
import static dev.sparkprop.kernel.VectorMath.load;

import dev.sparkprop.data.Tile;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Running sums of ∂W of a layer that is not wide, lanes over examples: 16 chains for each weight. Blocks of four or
 * two outputs by four inputs, or of one by eight, are held in registers while a tile passes.
 */
final class VectorNarrowGradient implements VectorWeightGradient {
    /** Inputs of the longest block. */
    private static final int INPUTS = 8;

    private final Dense layer;
    /** {@code [outputs][inputs][16]}, inputs rounded up to whole blocks; those beyond the last input are never read. */
    private final float[] sums;

    private final int rowStride;

    VectorNarrowGradient(Dense layer) {
        this.layer = layer;
        this.rowStride = (layer.inputs() + INPUTS - 1) / INPUTS * INPUTS * CHAINS;
        this.sums = new float[layer.outputs() * rowStride];
    }

    @Override
    public void add(float[] delta, int deltaAt, float[] x, int xAt) {
        int last = layer.inputs() - 1;
        int pairs = layer.outputs() & ~1;
        for (int i = 0; i <= last; i += 4) {
            int x0 = xAt + i * Tile.EXAMPLES;
            int x1 = xAt + Math.min(i + 1, last) * Tile.EXAMPLES;
            int x2 = xAt + Math.min(i + 2, last) * Tile.EXAMPLES;
            int x3 = xAt + Math.min(i + 3, last) * Tile.EXAMPLES;
            int o = 0;
            for (; o + 4 <= pairs; o += 4) {
                addFour(o * rowStride + i * CHAINS, delta, deltaAt + o * Tile.EXAMPLES, x, x0, x1, x2, x3);
            }
            for (; o < pairs; o += 2) {
                addTwo(o * rowStride + i * CHAINS, delta, deltaAt + o * Tile.EXAMPLES, x, x0, x1, x2, x3);
            }
        }
        if (pairs < layer.outputs()) {
            for (int i = 0; i <= last; i += 8) {
                int at = pairs * rowStride + i * CHAINS;
                addOne(at, delta, deltaAt + pairs * Tile.EXAMPLES, x, xAt + i * Tile.EXAMPLES, last - i);
            }
        }
    }

    /** Four outputs, four inputs. */
    private void addFour(int at, float[] delta, int deltaAt, float[] x, int x0, int x1, int x2, int x3) {
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
                FloatVector b3 = load(x, x3 + e);
                FloatVector d0 = load(delta, deltaAt + e);
                s00 = d0.fma(b0, s00);
                s01 = d0.fma(b1, s01);
                s02 = d0.fma(b2, s02);
                s03 = d0.fma(b3, s03);
                FloatVector d1 = load(delta, deltaAt + e + Tile.EXAMPLES);
                s10 = d1.fma(b0, s10);
                s11 = d1.fma(b1, s11);
                s12 = d1.fma(b2, s12);
                s13 = d1.fma(b3, s13);
                FloatVector d2 = load(delta, deltaAt + e + 2 * Tile.EXAMPLES);
                s20 = d2.fma(b0, s20);
                s21 = d2.fma(b1, s21);
                s22 = d2.fma(b2, s22);
                s23 = d2.fma(b3, s23);
                FloatVector d3 = load(delta, deltaAt + e + 3 * Tile.EXAMPLES);
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

    /** Two outputs, four inputs. */
    private void addTwo(int at, float[] delta, int deltaAt, float[] x, int x0, int x1, int x2, int x3) {
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
                FloatVector b3 = load(x, x3 + e);
                FloatVector d0 = load(delta, deltaAt + e);
                s00 = d0.fma(b0, s00);
                s01 = d0.fma(b1, s01);
                s02 = d0.fma(b2, s02);
                s03 = d0.fma(b3, s03);
                FloatVector d1 = load(delta, deltaAt + e + Tile.EXAMPLES);
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

    /** One output, eight inputs. */
    private void addOne(int at, float[] delta, int deltaAt, float[] x, int xAt, int last) {
        int x0 = xAt;
        int x1 = xAt + Math.min(1, last) * Tile.EXAMPLES;
        int x2 = xAt + Math.min(2, last) * Tile.EXAMPLES;
        int x3 = xAt + Math.min(3, last) * Tile.EXAMPLES;
        int x4 = xAt + Math.min(4, last) * Tile.EXAMPLES;
        int x5 = xAt + Math.min(5, last) * Tile.EXAMPLES;
        int x6 = xAt + Math.min(6, last) * Tile.EXAMPLES;
        int x7 = xAt + Math.min(7, last) * Tile.EXAMPLES;
        for (int chain = 0; chain < CHAINS; chain += LANES) {
            int row0 = at + chain;
            FloatVector s00 = load(sums, row0);
            FloatVector s01 = load(sums, row0 + CHAINS);
            FloatVector s02 = load(sums, row0 + 2 * CHAINS);
            FloatVector s03 = load(sums, row0 + 3 * CHAINS);
            FloatVector s04 = load(sums, row0 + 4 * CHAINS);
            FloatVector s05 = load(sums, row0 + 5 * CHAINS);
            FloatVector s06 = load(sums, row0 + 6 * CHAINS);
            FloatVector s07 = load(sums, row0 + 7 * CHAINS);
            for (int e = chain; e < Tile.EXAMPLES; e += CHAINS) {
                FloatVector b0 = load(x, x0 + e);
                FloatVector b1 = load(x, x1 + e);
                FloatVector b2 = load(x, x2 + e);
                FloatVector b3 = load(x, x3 + e);
                FloatVector b4 = load(x, x4 + e);
                FloatVector b5 = load(x, x5 + e);
                FloatVector b6 = load(x, x6 + e);
                FloatVector b7 = load(x, x7 + e);
                FloatVector d0 = load(delta, deltaAt + e);
                s00 = d0.fma(b0, s00);
                s01 = d0.fma(b1, s01);
                s02 = d0.fma(b2, s02);
                s03 = d0.fma(b3, s03);
                s04 = d0.fma(b4, s04);
                s05 = d0.fma(b5, s05);
                s06 = d0.fma(b6, s06);
                s07 = d0.fma(b7, s07);
            }
            s00.intoArray(sums, row0);
            s01.intoArray(sums, row0 + CHAINS);
            s02.intoArray(sums, row0 + 2 * CHAINS);
            s03.intoArray(sums, row0 + 3 * CHAINS);
            s04.intoArray(sums, row0 + 4 * CHAINS);
            s05.intoArray(sums, row0 + 5 * CHAINS);
            s06.intoArray(sums, row0 + 6 * CHAINS);
            s07.intoArray(sums, row0 + 7 * CHAINS);
        }
    }

    @Override
    public void drain(double[] gradient) {
        for (int o = 0; o < layer.outputs(); o++) {
            int weights = layer.weights() + o * layer.inputs();
            for (int i = 0; i < layer.inputs(); i++) {
                gradient[weights + i] += ScalarKernels.fold(sums, o * rowStride + i * CHAINS);
            }
        }
        Arrays.fill(sums, 0f);
    }
}
