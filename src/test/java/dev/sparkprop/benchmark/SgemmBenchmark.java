package dev.sparkprop.benchmark;

import dev.ludovic.netlib.blas.BLAS;
import dev.ludovic.netlib.blas.JavaBLAS;
import dev.ludovic.netlib.blas.NativeBLAS;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A single-precision product of 1024 × 1024 by 1024 × 256 in this machine's BLAS, on one core. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SgemmBenchmark {
    static final double OPERATIONS = 2.0 * 1024 * 1024 * 256;

    private static final int SIZE = 1024;
    private static final int COLUMNS = 256;

    private BLAS blas;
    private final float[] a = new float[SIZE * SIZE];
    private final float[] b = new float[SIZE * COLUMNS];
    private final float[] c = new float[SIZE * COLUMNS];

    /** Returns the native BLAS if one is installed, otherwise netlib's fastest Java implementation. */
    static BLAS blas() {
        try {
            return NativeBLAS.getInstance();
        } catch (RuntimeException | LinkageError e) {
            return JavaBLAS.getInstance();
        }
    }

    @Setup
    public void fill() {
        blas = blas();
        Random random = new Random(1);
        for (int i = 0; i < a.length; i++) {
            a[i] = random.nextFloat();
        }
        for (int i = 0; i < b.length; i++) {
            b[i] = random.nextFloat();
        }
    }

    @Benchmark
    public float[] multiply() {
        blas.sgemm("N", "N", SIZE, COLUMNS, SIZE, 1f, a, SIZE, b, SIZE, 0f, c, SIZE);
        return c;
    }
}
