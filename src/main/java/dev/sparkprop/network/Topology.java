package dev.sparkprop.network;

import dev.sparkprop.kernel.Activation;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The shape of a net.
 *
 * @param layers widths from the inputs to the outputs, at least two, each at least 1
 * @param hidden activation of every layer but the last
 * @param output activation of the last layer
 * @param loss of one example
 */
public record Topology(List<Integer> layers, Activation hidden, Activation output, Loss loss) implements Serializable {

    /** The most parameters whose float64 array Java can hold with room for a header. */
    public static final int MAX_PARAMETERS = Integer.MAX_VALUE - 8;

    public Topology {
        layers = List.copyOf(layers);
        if (layers.size() < 2 || layers.stream().anyMatch(width -> width < 1)) {
            throw new IllegalArgumentException(
                    "Invalid layers: " + layers + " (must be two or more widths, each at least 1)");
        }
        if (parameterCount(layers) > MAX_PARAMETERS) {
            throw new IllegalArgumentException("Invalid layers: " + layers + " (" + parameterCount(layers)
                    + " parameters, must be at most " + MAX_PARAMETERS + ")");
        }
        if (output != Activation.SIGMOID || loss != Loss.BINARY_CROSS_ENTROPY) {
            throw new IllegalArgumentException(
                    "Invalid output " + output + " with loss " + loss + " (must be SIGMOID with BINARY_CROSS_ENTROPY)");
        }
    }

    /** Width of the input. */
    public int inputs() {
        return layers.get(0);
    }

    /** Width of the output. */
    public int outputs() {
        return layers.get(layers.size() - 1);
    }

    /** Number of layers that have weights. */
    public int depth() {
        return layers.size() - 1;
    }

    /** The activation of layer {@code l}, counted from 0 at the first layer that has weights. */
    public Activation activation(int l) {
        return l == depth() - 1 ? output : hidden;
    }

    /** Number of weights and biases. */
    public int parameterCount() {
        return (int) parameterCount(layers);
    }

    private static long parameterCount(List<Integer> layers) {
        long count = 0;
        for (int l = 1; l < layers.size(); l++) {
            count += (layers.get(l - 1) + 1L) * layers.get(l);
        }
        return count;
    }

    /** The widths as people write them, {@code 2-10-1}. */
    @Override
    public String toString() {
        return layers.stream().map(String::valueOf).collect(Collectors.joining("-"));
    }
}
