package dev.sparkprop.kernel;

import dev.sparkprop.data.Tile;
import java.util.Random;
import java.util.function.DoubleSupplier;

/**
 * The matrix product that wide layers use, 1024 × 1024 by 1024 × 256, without the rest of a pass. Each call computes
 * it once, and returns the number of floating-point operations.
 */
public final class BareMultiply implements DoubleSupplier {
    public static final int SIZE = 1024;

    private final VectorMatrix matrix;
    private final Workspace.Floats b;
    private final Workspace.Floats c;

    public BareMultiply() {
        Workspace workspace = new Workspace();
        matrix = new VectorMatrix(SIZE, SIZE, workspace);
        matrix.pack(random(SIZE * SIZE), 0, SIZE, 1);
        b = workspace.allocate(SIZE * Tile.EXAMPLES);
        c = workspace.allocate(SIZE * Tile.EXAMPLES);
        System.arraycopy(random(SIZE * Tile.EXAMPLES), 0, b.array(), b.offset(), SIZE * Tile.EXAMPLES);
    }

    /** Returns random numbers from 0 to 1. */
    public static float[] random(int length) {
        Random random = new Random(1);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = random.nextFloat();
        }
        return values;
    }

    @Override
    public double getAsDouble() {
        matrix.multiply(b.array(), b.offset(), c.array(), c.offset());
        return 2.0 * SIZE * SIZE * Tile.EXAMPLES;
    }
}
