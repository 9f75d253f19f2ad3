package dev.sparkprop.benchmark;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import dev.ludovic.netlib.blas.NativeBLAS;
import dev.sparkprop.data.Tile;
import dev.sparkprop.kernel.BareMultiply;
import java.util.function.DoubleSupplier;

/**
 * The product of {@link BareMultiply} in this machine's BLAS. Each call computes it once, and returns the number of
 * floating-point operations.
 */
final class Sgemm implements DoubleSupplier {
    private static final int SIZE = BareMultiply.SIZE;

    private final BLAS blas = blas();
    private final float[] a = BareMultiply.random(SIZE * SIZE);
    private final float[] b = BareMultiply.random(SIZE * Tile.EXAMPLES);
    private final float[] c = new float[SIZE * Tile.EXAMPLES];

    /** Returns the native BLAS if one is installed, otherwise netlib's fastest Java implementation. */
    private static BLAS blas() {
        try {
            return NativeBLAS.getInstance();
        } catch (RuntimeException | LinkageError e) {
            return JavaBLAS.getInstance();
        }
    }

    String library() {
        return blas.getClass().getSimpleName();
    }

    @Override
    public double getAsDouble() {
        blas.sgemm("N", "N", SIZE, Tile.EXAMPLES, SIZE, 1f, a, SIZE, b, SIZE, 0f, c, SIZE);
        return 2.0 * SIZE * SIZE * Tile.EXAMPLES;
    }
}
