package dev.sparkprop.kernel;

import java.util.Optional;

/**
 * Selects the kernels. The selection is made in each JVM, because an executor may lack the vector module even if the
 * driver has it. All kernels compute the same bits.
 */
public enum KernelSelection {
    /** Vector kernels if this JVM supports them, otherwise scalar kernels. */
    AUTO,
    /** Scalar kernels. */
    SCALAR,
    /** Vector kernels. If they are unavailable, the error explains how to enable them. */
    VECTOR;

    /** Thrown when the selected kernels are not available in this JVM. */
    public static final class UnavailableException extends RuntimeException {
        private static final long serialVersionUID = 1;

        UnavailableException(String message) {
            super(message);
        }
    }

    private static final String MODULE = "jdk.incubator.vector";

    /** Returns true if this JVM was started with the module that vector kernels require. */
    private static boolean vectorsAvailable() {
        return ModuleLayer.boot().findModule(MODULE).isPresent();
    }

    /**
     * Returns the kernels for this JVM.
     *
     * @throws UnavailableException if vector kernels are required but unavailable
     */
    public Kernels kernels() {
        if (this == SCALAR || (this == AUTO && !vectorsAvailable())) {
            return new ScalarKernels();
        }
        if (!vectorsAvailable()) {
            throw new UnavailableException(remedy());
        }
        return new VectorKernels();
    }

    /** Returns a warning for the user if {@link #AUTO} falls back to the slower scalar kernels in this JVM. */
    public Optional<String> warning() {
        return this == AUTO && !vectorsAvailable() ? Optional.of(remedy()) : Optional.empty();
    }

    private static String remedy() {
        return "This JVM has no module " + MODULE
                + ", so it uses scalar kernels, which are several times slower. Start it with --add-modules="
                + MODULE + " (Spark does so by default; check spark.driver.extraJavaOptions and"
                + " spark.executor.extraJavaOptions)";
    }
}
