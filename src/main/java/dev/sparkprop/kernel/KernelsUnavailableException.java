package dev.sparkprop.kernel;

/** Thrown when the selected kernels are not available in this JVM. */
public final class KernelsUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    KernelsUnavailableException(String message) {
        super(message);
    }
}
