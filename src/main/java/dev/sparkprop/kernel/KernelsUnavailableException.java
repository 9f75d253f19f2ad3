package dev.sparkprop.kernel;

/** Kernels were asked for that this JVM cannot run. */
public final class KernelsUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    KernelsUnavailableException(String message) {
        super(message);
    }
}
