package dev.sparkprop.kernel;

import static dev.sparkprop.kernel.VectorMath.LANES;
import static dev.sparkprop.kernel.VectorMath.all;
import static dev.sparkprop.kernel.VectorMath.load;

import dev.sparkprop.data.Tile;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * A matrix A (rows × depth) packed for the product C = s + A·B, with B {@code [depth][256]}, C {@code [rows][256]} and one
 * start s for each row. Each element of C is the chain s, then {@code fma(a, b, c)} in the order of the depth.
 *
 * <p>Rows are packed in blocks of eight, the rest in blocks of two and one: within a block the elements of one depth lie
 * side by side, so that each step of the product reads on. Where there are rows enough to pay for it, B is copied to panels
 * of two registers, which stay in the first cache while A streams from the second: 145 to 160 GFLOP/s on a core of a Xeon
 * (Sapphire Rapids) where 130 were reached without.
 */
final class VectorMatrix {
    /** Rows of B that all of A passes over before the next: of a panel 16 KiB, half of the first cache. */
    private static final int DEPTH_BLOCK = 128;

    /** Examples in a panel of B. */
    private static final int PANEL = 2 * LANES;

    /** Rows of A from which on copying B to panels, one pass over it, costs less than it saves. */
    private static final int PANEL_ROWS = 48;

    /**
     * Rows of B that the first cache holds. The product goes down columns, a stride that no prefetcher follows: of a tile of 784
     * inputs that comes from memory the product with ten rows takes 260 µs, and 78 when the tile is first read in order.
     */
    private static final int SHALLOW = 32;

    private final int rows;
    private final int depth;
    private final float[] packed;
    /** The start of each row, 16 times over, so that a register can load it. */
    private final float[] starts;

    private final float[] panel;
    private final ReadAhead readAhead = new ReadAhead();

    VectorMatrix(int rows, int depth) {
        this.rows = rows;
        this.depth = depth;
        this.packed = new float[rows * depth];
        this.starts = new float[rows * ScalarKernels.CHAINS];
        this.panel = new float[rows < PANEL_ROWS ? 0 : DEPTH_BLOCK * PANEL];
    }

    /** Takes A[r][k] from {@code from[at + r·rowStride + k·depthStride]}. */
    void pack(float[] from, int at, int rowStride, int depthStride) {
        int to = 0;
        for (int first = 0; first < depth; first += DEPTH_BLOCK) {
            int end = Math.min(first + DEPTH_BLOCK, depth);
            for (int row = 0; row < rows; row += block(row)) {
                int block = block(row);
                for (int k = first; k < end; k++) {
                    int element = at + row * rowStride + k * depthStride;
                    for (int r = 0; r < block; r++) {
                        packed[to++] = from[element + r * rowStride];
                    }
                }
            }
        }
    }

    /** Takes the start of each row from {@code from[at + r]}; without it rows start at 0. */
    void packStarts(float[] from, int at) {
        for (int row = 0; row < rows; row++) {
            Arrays.fill(starts, row * ScalarKernels.CHAINS, (row + 1) * ScalarKernels.CHAINS, from[at + row]);
        }
    }

    /** Rows of the block that starts at this row. */
    private int block(int row) {
        int left = rows - row;
        return left >= 8 ? 8 : left >= 2 ? 2 : 1;
    }

    /** C = s + A·B. */
    void multiply(float[] b, int bAt, float[] c, int cAt) {
        for (int k = 0; k < depth; k += DEPTH_BLOCK) {
            int steps = Math.min(depth - k, DEPTH_BLOCK);
            if (depth > SHALLOW) {
                readAhead.read(b, bAt + k * Tile.EXAMPLES, steps * Tile.EXAMPLES);
            }
            if (k == 0) {
                multiply(k, steps, b, bAt, starts, 0, ScalarKernels.CHAINS, 0, c, cAt);
            } else {
                multiply(k, steps, b, bAt, c, cAt, Tile.EXAMPLES, 1, c, cAt);
            }
        }
    }

    private void multiply(
            int k,
            int steps,
            float[] b,
            int bAt,
            float[] start,
            int startAt,
            int startRow,
            int startStep,
            float[] c,
            int cAt) {
        int from = bAt + k * Tile.EXAMPLES;
        int whole = rows / 8 * 8;
        for (int e = 0; e < Tile.EXAMPLES && whole > 0; e += PANEL) {
            float[] columns = b;
            int columnsAt = from + e;
            int stride = Tile.EXAMPLES;
            if (panel.length > 0) {
                copyPanel(b, from + e, steps);
                columns = panel;
                columnsAt = 0;
                stride = PANEL;
            }
            for (int row = 0; row < whole; row += 8) {
                int a = k * rows + row * steps;
                int s = startAt + row * startRow + e * startStep;
                int to = cAt + row * Tile.EXAMPLES + e;
                eightRows(packed, a, steps, columns, columnsAt, stride, start, s, startRow, LANES * startStep, c, to);
            }
        }
        for (int row = whole; row < rows; row += block(row)) {
            int a = k * rows + row * steps;
            int s = startAt + row * startRow;
            int to = cAt + row * Tile.EXAMPLES;
            if (block(row) == 2) {
                twoRows(packed, a, steps, b, from, start, s, startRow, startStep, c, to);
            } else {
                oneRow(packed, a, steps, b, from, start, s, startRow, startStep, c, to);
            }
        }
    }

    /** Takes two registers of examples from each of some rows of B. */
    private void copyPanel(float[] b, int from, int steps) {
        for (int k = 0; k < steps; k++) {
            load(b, from + k * Tile.EXAMPLES).intoArray(panel, k * PANEL);
            load(b, from + k * Tile.EXAMPLES + LANES).intoArray(panel, k * PANEL + LANES);
        }
    }

    /** Eight rows, two registers of examples: sixteen sums hide the latency of the multiply-adds, and fit in 32 registers. */
    private static void eightRows(
            float[] a,
            int aAt,
            int depth,
            float[] b,
            int bAt,
            int bStride,
            float[] start,
            int startAt,
            int startRow,
            int startStep,
            float[] c,
            int cAt) {
        FloatVector c00 = load(start, startAt);
        FloatVector c01 = load(start, startAt + startStep);
        FloatVector c10 = load(start, startAt + startRow);
        FloatVector c11 = load(start, startAt + startRow + startStep);
        FloatVector c20 = load(start, startAt + 2 * startRow);
        FloatVector c21 = load(start, startAt + 2 * startRow + startStep);
        FloatVector c30 = load(start, startAt + 3 * startRow);
        FloatVector c31 = load(start, startAt + 3 * startRow + startStep);
        FloatVector c40 = load(start, startAt + 4 * startRow);
        FloatVector c41 = load(start, startAt + 4 * startRow + startStep);
        FloatVector c50 = load(start, startAt + 5 * startRow);
        FloatVector c51 = load(start, startAt + 5 * startRow + startStep);
        FloatVector c60 = load(start, startAt + 6 * startRow);
        FloatVector c61 = load(start, startAt + 6 * startRow + startStep);
        FloatVector c70 = load(start, startAt + 7 * startRow);
        FloatVector c71 = load(start, startAt + 7 * startRow + startStep);
        for (int k = 0; k < depth; k++) {
            int row = bAt + k * bStride;
            FloatVector b0 = load(b, row);
            FloatVector b1 = load(b, row + LANES);
            int w = aAt + 8 * k;
            FloatVector w0 = all(a[w]);
            c00 = w0.fma(b0, c00);
            c01 = w0.fma(b1, c01);
            FloatVector w1 = all(a[w + 1]);
            c10 = w1.fma(b0, c10);
            c11 = w1.fma(b1, c11);
            FloatVector w2 = all(a[w + 2]);
            c20 = w2.fma(b0, c20);
            c21 = w2.fma(b1, c21);
            FloatVector w3 = all(a[w + 3]);
            c30 = w3.fma(b0, c30);
            c31 = w3.fma(b1, c31);
            FloatVector w4 = all(a[w + 4]);
            c40 = w4.fma(b0, c40);
            c41 = w4.fma(b1, c41);
            FloatVector w5 = all(a[w + 5]);
            c50 = w5.fma(b0, c50);
            c51 = w5.fma(b1, c51);
            FloatVector w6 = all(a[w + 6]);
            c60 = w6.fma(b0, c60);
            c61 = w6.fma(b1, c61);
            FloatVector w7 = all(a[w + 7]);
            c70 = w7.fma(b0, c70);
            c71 = w7.fma(b1, c71);
        }
        c00.intoArray(c, cAt);
        c01.intoArray(c, cAt + LANES);
        c10.intoArray(c, cAt + Tile.EXAMPLES);
        c11.intoArray(c, cAt + Tile.EXAMPLES + LANES);
        c20.intoArray(c, cAt + 2 * Tile.EXAMPLES);
        c21.intoArray(c, cAt + 2 * Tile.EXAMPLES + LANES);
        c30.intoArray(c, cAt + 3 * Tile.EXAMPLES);
        c31.intoArray(c, cAt + 3 * Tile.EXAMPLES + LANES);
        c40.intoArray(c, cAt + 4 * Tile.EXAMPLES);
        c41.intoArray(c, cAt + 4 * Tile.EXAMPLES + LANES);
        c50.intoArray(c, cAt + 5 * Tile.EXAMPLES);
        c51.intoArray(c, cAt + 5 * Tile.EXAMPLES + LANES);
        c60.intoArray(c, cAt + 6 * Tile.EXAMPLES);
        c61.intoArray(c, cAt + 6 * Tile.EXAMPLES + LANES);
        c70.intoArray(c, cAt + 7 * Tile.EXAMPLES);
        c71.intoArray(c, cAt + 7 * Tile.EXAMPLES + LANES);
    }

    /** Two rows, four registers of examples. */
    private static void twoRows(
            float[] a,
            int aAt,
            int depth,
            float[] b,
            int bAt,
            float[] start,
            int startAt,
            int startRow,
            int startStep,
            float[] c,
            int cAt) {
        for (int e = 0; e < Tile.EXAMPLES; e += 4 * LANES) {
            int s = startAt + e * startStep;
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
                int row = bAt + e + k * Tile.EXAMPLES;
                FloatVector b0 = load(b, row);
                FloatVector b1 = load(b, row + LANES);
                FloatVector b2 = load(b, row + 2 * LANES);
                FloatVector b3 = load(b, row + 3 * LANES);
                int w = aAt + 2 * k;
                FloatVector w0 = all(a[w]);
                c00 = w0.fma(b0, c00);
                c01 = w0.fma(b1, c01);
                c02 = w0.fma(b2, c02);
                c03 = w0.fma(b3, c03);
                FloatVector w1 = all(a[w + 1]);
                c10 = w1.fma(b0, c10);
                c11 = w1.fma(b1, c11);
                c12 = w1.fma(b2, c12);
                c13 = w1.fma(b3, c13);
            }
            c00.intoArray(c, cAt + e);
            c01.intoArray(c, cAt + e + LANES);
            c02.intoArray(c, cAt + e + 2 * LANES);
            c03.intoArray(c, cAt + e + 3 * LANES);
            c10.intoArray(c, cAt + e + Tile.EXAMPLES);
            c11.intoArray(c, cAt + e + Tile.EXAMPLES + LANES);
            c12.intoArray(c, cAt + e + Tile.EXAMPLES + 2 * LANES);
            c13.intoArray(c, cAt + e + Tile.EXAMPLES + 3 * LANES);
        }
    }

    /** One row, eight registers of examples. */
    private static void oneRow(
            float[] a,
            int aAt,
            int depth,
            float[] b,
            int bAt,
            float[] start,
            int startAt,
            int startRow,
            int startStep,
            float[] c,
            int cAt) {
        for (int e = 0; e < Tile.EXAMPLES; e += 8 * LANES) {
            int s = startAt + e * startStep;
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
                int row = bAt + e + k * Tile.EXAMPLES;
                FloatVector b0 = load(b, row);
                FloatVector b1 = load(b, row + LANES);
                FloatVector b2 = load(b, row + 2 * LANES);
                FloatVector b3 = load(b, row + 3 * LANES);
                FloatVector b4 = load(b, row + 4 * LANES);
                FloatVector b5 = load(b, row + 5 * LANES);
                FloatVector b6 = load(b, row + 6 * LANES);
                FloatVector b7 = load(b, row + 7 * LANES);
                FloatVector w = all(a[aAt + k]);
                c00 = w.fma(b0, c00);
                c01 = w.fma(b1, c01);
                c02 = w.fma(b2, c02);
                c03 = w.fma(b3, c03);
                c04 = w.fma(b4, c04);
                c05 = w.fma(b5, c05);
                c06 = w.fma(b6, c06);
                c07 = w.fma(b7, c07);
            }
            c00.intoArray(c, cAt + e);
            c01.intoArray(c, cAt + e + LANES);
            c02.intoArray(c, cAt + e + 2 * LANES);
            c03.intoArray(c, cAt + e + 3 * LANES);
            c04.intoArray(c, cAt + e + 4 * LANES);
            c05.intoArray(c, cAt + e + 5 * LANES);
            c06.intoArray(c, cAt + e + 6 * LANES);
            c07.intoArray(c, cAt + e + 7 * LANES);
        }
    }
}
