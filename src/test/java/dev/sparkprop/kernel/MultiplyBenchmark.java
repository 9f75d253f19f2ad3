package dev.sparkprop.kernel;

import dev.sparkprop.data.Tile;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The matrix product that wide layers use, in this project's implementation and on one core. Its size is that of
 * {@code SgemmBenchmark}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MultiplyBenchmark {
    private static final int SIZE = 1024;

    private final VectorMatrix matrix = new VectorMatrix(SIZE, SIZE, new Workspace());
    private final float[] b = random(SIZE * Tile.EXAMPLES);
    private final float[] c = new float[SIZE * Tile.EXAMPLES];

    public MultiplyBenchmark() {
        matrix.pack(random(SIZE * SIZE), 0, SIZE, 1);
    }

    private static float[] random(int length) {
        Random random = new Random(1);
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = random.nextFloat();
        }
        return values;
    }

    @Benchmark
    public float[] multiply() {
        matrix.multiply(b, 0, c, 0);
        return c;
    }
}
