package dev.sparkprop.kernel;

import static dev.sparkprop.kernel.VectorMath.LANES;
import static dev.sparkprop.kernel.VectorMath.load;

import dev.sparkprop.data.Tile;
import java.util.Arrays;

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
        this.starts = new float[rows * Chains.CHAINS];
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
            Arrays.fill(starts, row * Chains.CHAINS, (row + 1) * Chains.CHAINS, from[at + row]);
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
                multiply(k, steps, b, bAt, starts, 0, Chains.CHAINS, 0, c, cAt);
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
                VectorBlocks.eightRows(
                        packed, a, steps, columns, columnsAt, stride, start, s, startRow, LANES * startStep, c, to);
            }
        }
        for (int row = whole; row < rows; row += block(row)) {
            int a = k * rows + row * steps;
            int s = startAt + row * startRow;
            int to = cAt + row * Tile.EXAMPLES;
            if (block(row) == 2) {
                VectorBlocks.twoRows(packed, a, steps, b, from, start, s, startRow, startStep, c, to);
            } else {
                VectorBlocks.oneRow(packed, a, steps, b, from, start, s, startRow, startStep, c, to);
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

    /**
     * Reads what a kernel is about to need, in the order of memory, so that many cache misses are under way at once. Only where a
     * kernel goes against that order: behind passes that read on, as those of narrow nets do, it was measured to gain nothing.
     */
    private static final class ReadAhead {
        /** Floats of a cache line. */
        private static final int LINE = 16;

        /** Takes what was read, lest the JIT leave the reading out. */
        private int bits;

        /** Brings {@code count} floats from {@code from} on into the cache; count is a multiple of 32. */
        void read(float[] values, int from, int count) {
            int even = 0;
            int odd = 0;
            for (int i = from; i < from + count; i += 2 * LINE) {
                even |= Float.floatToRawIntBits(values[i]);
                odd |= Float.floatToRawIntBits(values[i + LINE]);
            }
            bits = even | odd;
        }
    }
}
