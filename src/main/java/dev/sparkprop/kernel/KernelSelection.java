package dev.sparkprop.kernel;

import java.util.Optional;

/**
 * Which kernels to compute with. Decided anew in each JVM, because an executor may lack what the driver has; the bits are
 * the same either way.
 */
public enum KernelSelection {
    /** Vector kernels where this JVM can run them, else scalar ones. */
    AUTO,
    /** Scalar kernels. */
    SCALAR,
    /** Vector kernels, or an error that says how to get them. */
    VECTOR;

    private static final String MODULE = "jdk.incubator.vector";

    /** Whether this JVM was started with the module that vector kernels need. */
    private static boolean vectorsAvailable() {
        return ModuleLayer.boot().findModule(MODULE).isPresent();
    }

    /** The kernels for this JVM. */
    public Kernels kernels() {
        if (this == SCALAR || (this == AUTO && !vectorsAvailable())) {
            return new ScalarKernels();
        }
        if (!vectorsAvailable()) {
            throw new KernelsUnavailableException(remedy());
        }
        return new VectorKernels();
    }

    /** What to tell a user whose run is slower than need be: scalar kernels in this JVM though nobody asked for them. */
    public Optional<String> warning() {
        return this == AUTO && !vectorsAvailable() ? Optional.of(remedy()) : Optional.empty();
    }

    private static String remedy() {
        return "This JVM has no module " + MODULE
                + ", so kernels are scalar and several times slower: start it with --add-modules="
                + MODULE + " (Spark does so since 3.3 unless spark.driver.extraJavaOptions or"
                + " spark.executor.extraJavaOptions undo it)";
    }
}
