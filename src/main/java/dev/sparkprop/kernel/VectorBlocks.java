package dev.sparkprop.kernel;

import static dev.sparkprop.kernel.VectorMath.LANES;
import static dev.sparkprop.kernel.VectorMath.broadcast;
import static dev.sparkprop.kernel.VectorMath.load;

import dev.sparkprop.data.Tile;
import jdk.incubator.vector.FloatVector;

/**
 * Blocks of a product C = s + A·B that stay in registers over the whole depth. Each element starts as s and
 * is updated by c = fma(a, b, c), for k = 0 to depth − 1 in this order. Each block size has its own code, because the
 * JIT keeps sums in registers only if each is a local variable. A block has at most 16 sums: with 24, the JIT boxes
 * them, which takes ten times as long.
 *
 * <p>A is packed: for each step of the depth, the rows of the block are adjacent. The stride of the start
 * values is {@code startRow} between rows, and {@code startStep} between registers in {@code eightRows} and between
 * examples in {@code twoRows} and {@code oneRow}.
 */
final class VectorBlocks {
    private VectorBlocks() {}

    /**
     * Eight rows and two registers of examples. Sixteen sums hide the latency of multiply-adds and fit
     * in 32 registers.
     */
    static void eightRows(
            float[] a,
            int aOffset,
            int depth,
            float[] b,
            int bOffset,
            int bStride,
            float[] start,
            int startOffset,
            int startRow,
            int startStep,
            float[] c,
            int cOffset) {
        FloatVector c00 = load(start, startOffset);
        FloatVector c01 = load(start, startOffset + startStep);
        FloatVector c10 = load(start, startOffset + startRow);
        FloatVector c11 = load(start, startOffset + startRow + startStep);
        FloatVector c20 = load(start, startOffset + 2 * startRow);
        FloatVector c21 = load(start, startOffset + 2 * startRow + startStep);
        FloatVector c30 = load(start, startOffset + 3 * startRow);
        FloatVector c31 = load(start, startOffset + 3 * startRow + startStep);
        FloatVector c40 = load(start, startOffset + 4 * startRow);
        FloatVector c41 = load(start, startOffset + 4 * startRow + startStep);
        FloatVector c50 = load(start, startOffset + 5 * startRow);
        FloatVector c51 = load(start, startOffset + 5 * startRow + startStep);
        FloatVector c60 = load(start, startOffset + 6 * startRow);
        FloatVector c61 = load(start, startOffset + 6 * startRow + startStep);
        FloatVector c70 = load(start, startOffset + 7 * startRow);
        FloatVector c71 = load(start, startOffset + 7 * startRow + startStep);
        for (int k = 0; k < depth; k++) {
            int row = bOffset + k * bStride;
            FloatVector b0 = load(b, row);
            FloatVector b1 = load(b, row + LANES);
            int w = aOffset + 8 * k;
            FloatVector w0 = broadcast(a[w]);
            c00 = w0.fma(b0, c00);
            c01 = w0.fma(b1, c01);
            FloatVector w1 = broadcast(a[w + 1]);
            c10 = w1.fma(b0, c10);
            c11 = w1.fma(b1, c11);
            FloatVector w2 = broadcast(a[w + 2]);
            c20 = w2.fma(b0, c20);
            c21 = w2.fma(b1, c21);
            FloatVector w3 = broadcast(a[w + 3]);
            c30 = w3.fma(b0, c30);
            c31 = w3.fma(b1, c31);
            FloatVector w4 = broadcast(a[w + 4]);
            c40 = w4.fma(b0, c40);
            c41 = w4.fma(b1, c41);
            FloatVector w5 = broadcast(a[w + 5]);
            c50 = w5.fma(b0, c50);
            c51 = w5.fma(b1, c51);
            FloatVector w6 = broadcast(a[w + 6]);
            c60 = w6.fma(b0, c60);
            c61 = w6.fma(b1, c61);
            FloatVector w7 = broadcast(a[w + 7]);
            c70 = w7.fma(b0, c70);
            c71 = w7.fma(b1, c71);
        }
        c00.intoArray(c, cOffset);
        c01.intoArray(c, cOffset + LANES);
        c10.intoArray(c, cOffset + Tile.EXAMPLES);
        c11.intoArray(c, cOffset + Tile.EXAMPLES + LANES);
        c20.intoArray(c, cOffset + 2 * Tile.EXAMPLES);
        c21.intoArray(c, cOffset + 2 * Tile.EXAMPLES + LANES);
        c30.intoArray(c, cOffset + 3 * Tile.EXAMPLES);
        c31.intoArray(c, cOffset + 3 * Tile.EXAMPLES + LANES);
        c40.intoArray(c, cOffset + 4 * Tile.EXAMPLES);
        c41.intoArray(c, cOffset + 4 * Tile.EXAMPLES + LANES);
        c50.intoArray(c, cOffset + 5 * Tile.EXAMPLES);
        c51.intoArray(c, cOffset + 5 * Tile.EXAMPLES + LANES);
        c60.intoArray(c, cOffset + 6 * Tile.EXAMPLES);
        c61.intoArray(c, cOffset + 6 * Tile.EXAMPLES + LANES);
        c70.intoArray(c, cOffset + 7 * Tile.EXAMPLES);
        c71.intoArray(c, cOffset + 7 * Tile.EXAMPLES + LANES);
    }

    /** All rows of a matrix with one column. The start values have a stride of 16. */
    static void oneColumn(
            int rows, float[] a, float[] b, int bOffset, float[] start, int startOffset, float[] c, int cOffset) {
        for (int row = 0; row < rows; row++) {
            FloatVector s = load(start, startOffset + row * Chains.CHAINS);
            FloatVector w = broadcast(a[row]);
            int to = cOffset + row * Tile.EXAMPLES;
            for (int e = 0; e < Tile.EXAMPLES; e += LANES) {
                w.fma(load(b, bOffset + e), s).intoArray(c, to + e);
            }
        }
    }

    /** All rows of a matrix with two columns, which is packed by rows. The start values have a stride of 16. */
    static void twoColumns(
            int rows, float[] a, float[] b, int bOffset, float[] start, int startOffset, float[] c, int cOffset) {
        for (int row = 0; row < rows; row++) {
            FloatVector s = load(start, startOffset + row * Chains.CHAINS);
            FloatVector w0 = broadcast(a[2 * row]);
            FloatVector w1 = broadcast(a[2 * row + 1]);
            int to = cOffset + row * Tile.EXAMPLES;
            for (int e = 0; e < Tile.EXAMPLES; e += LANES) {
                FloatVector s0 = w0.fma(load(b, bOffset + e), s);
                w1.fma(load(b, bOffset + Tile.EXAMPLES + e), s0).intoArray(c, to + e);
            }
        }
    }

    /** Two rows and four registers of examples. */
    static void twoRows(
            float[] a,
            int aOffset,
            int depth,
            float[] b,
            int bOffset,
            float[] start,
            int startOffset,
            int startRow,
            int startStep,
            float[] c,
            int cOffset) {
        for (int e = 0; e < Tile.EXAMPLES; e += 4 * LANES) {
            int s = startOffset + e * startStep;
            int step = LANES * startStep;
            FloatVector c00 = load(start, s);
            FloatVector c01 = load(start, s + step);
            FloatVector c02 = load(start, s + 2 * step);
            FloatVector c03 = load(start, s + 3 * step);
            FloatVector c10 = load(start, s + startRow);
            FloatVector c11 = load(start, s + startRow + step);
            FloatVector c12 = load(start, s + startRow + 2 * step);
            FloatVector c13 = load(start, s + startRow + 3 * step);
            for (int k = 0; k < depth; k++) {
                int row = bOffset + e + k * Tile.EXAMPLES;
                FloatVector b0 = load(b, row);
                FloatVector b1 = load(b, row + LANES);
                FloatVector b2 = load(b, row + 2 * LANES);
                FloatVector b3 = load(b, row + 3 * LANES);
                int w = aOffset + 2 * k;
                FloatVector w0 = broadcast(a[w]);
                c00 = w0.fma(b0, c00);
                c01 = w0.fma(b1, c01);
                c02 = w0.fma(b2, c02);
                c03 = w0.fma(b3, c03);
                FloatVector w1 = broadcast(a[w + 1]);
                c10 = w1.fma(b0, c10);
                c11 = w1.fma(b1, c11);
                c12 = w1.fma(b2, c12);
                c13 = w1.fma(b3, c13);
            }
            c00.intoArray(c, cOffset + e);
            c01.intoArray(c, cOffset + e + LANES);
            c02.intoArray(c, cOffset + e + 2 * LANES);
            c03.intoArray(c, cOffset + e + 3 * LANES);
            c10.intoArray(c, cOffset + e + Tile.EXAMPLES);
            c11.intoArray(c, cOffset + e + Tile.EXAMPLES + LANES);
            c12.intoArray(c, cOffset + e + Tile.EXAMPLES + 2 * LANES);
            c13.intoArray(c, cOffset + e + Tile.EXAMPLES + 3 * LANES);
        }
    }

    /** One row and eight registers of examples. */
    static void oneRow(
            float[] a,
            int aOffset,
            int depth,
            float[] b,
            int bOffset,
            float[] start,
            int startOffset,
            int startRow,
            int startStep,
            float[] c,
            int cOffset) {
        for (int e = 0; e < Tile.EXAMPLES; e += 8 * LANES) {
            int s = startOffset + e * startStep;
            int step = LANES * startStep;
            FloatVector c00 = load(start, s);
            FloatVector c01 = load(start, s + step);
            FloatVector c02 = load(start, s + 2 * step);
            FloatVector c03 = load(start, s + 3 * step);
            FloatVector c04 = load(start, s + 4 * step);
            FloatVector c05 = load(start, s + 5 * step);
            FloatVector c06 = load(start, s + 6 * step);
            FloatVector c07 = load(start, s + 7 * step);
            for (int k = 0; k < depth; k++) {
                int row = bOffset + e + k * Tile.EXAMPLES;
                FloatVector b0 = load(b, row);
                FloatVector b1 = load(b, row + LANES);
                FloatVector b2 = load(b, row + 2 * LANES);
                FloatVector b3 = load(b, row + 3 * LANES);
                FloatVector b4 = load(b, row + 4 * LANES);
                FloatVector b5 = load(b, row + 5 * LANES);
                FloatVector b6 = load(b, row + 6 * LANES);
                FloatVector b7 = load(b, row + 7 * LANES);
                FloatVector w = broadcast(a[aOffset + k]);
                c00 = w.fma(b0, c00);
                c01 = w.fma(b1, c01);
                c02 = w.fma(b2, c02);
                c03 = w.fma(b3, c03);
                c04 = w.fma(b4, c04);
                c05 = w.fma(b5, c05);
                c06 = w.fma(b6, c06);
                c07 = w.fma(b7, c07);
            }
            c00.intoArray(c, cOffset + e);
            c01.intoArray(c, cOffset + e + LANES);
            c02.intoArray(c, cOffset + e + 2 * LANES);
            c03.intoArray(c, cOffset + e + 3 * LANES);
            c04.intoArray(c, cOffset + e + 4 * LANES);
            c05.intoArray(c, cOffset + e + 5 * LANES);
            c06.intoArray(c, cOffset + e + 6 * LANES);
            c07.intoArray(c, cOffset + e + 7 * LANES);
        }
    }
}
