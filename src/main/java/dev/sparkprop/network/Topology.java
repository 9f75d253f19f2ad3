package dev.sparkprop.network;

import dev.sparkprop.data.InvalidValueException;
import dev.sparkprop.kernel.Activation;
import dev.sparkprop.text.ConstantName;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The shape of a net.
 *
 * @param layers widths from the inputs to the outputs, at least two, each at least 1
 * @param hidden activations of the layers but the last, one for each
 * @param output what the last layer makes of its pre-activations
 * @param loss of one example
 */
public record Topology(List<Integer> layers, List<Activation> hidden, Output output, Loss loss)
        implements Serializable {

    /** The running sums of a narrow layer take 16 floats a weight, all in one array. */
    private static final int MAX_PARAMETERS = 1 << 26;

    /** The activations of a tile take 256 floats a unit, all in one array. */
    private static final int MAX_UNITS = 1 << 22;

    public Topology {
        layers = List.copyOf(layers);
        if (layers.size() < 2 || layers.stream().anyMatch(width -> width < 1)) {
            throw new InvalidValueException("layers", layers, "must be two or more widths, each at least 1");
        }
        long units = layers.stream().mapToLong(Integer::longValue).sum();
        if (units > MAX_UNITS) {
            throw new InvalidValueException("layers", layers, units + " units, must be at most " + MAX_UNITS);
        }
        if (parameterCount(layers) > MAX_PARAMETERS) {
            throw new InvalidValueException(
                    "layers", layers, parameterCount(layers) + " parameters, must be at most " + MAX_PARAMETERS);
        }
        hidden = List.copyOf(hidden);
        if (hidden.size() != layers.size() - 2) {
            throw new InvalidValueException(
                    "hidden",
                    hidden.stream().map(ConstantName::of).toList(),
                    "must be one activation for all hidden layers, or one for each of the " + (layers.size() - 2));
        }
        if (output == Output.SOFTMAX && layers.get(layers.size() - 1) < 2) {
            throw new InvalidValueException("layers", layers, "must end with two or more outputs for softmax");
        }
        if (output != loss.output()) {
            throw new InvalidValueException(
                    "loss",
                    ConstantName.of(loss) + " with output " + ConstantName.of(output),
                    "must be " + ConstantName.of(Loss.of(output)));
        }
    }

    /** One activation for all hidden layers. */
    public Topology(List<Integer> layers, Activation hidden, Output output, Loss loss) {
        this(layers, Collections.nCopies(Math.max(0, layers.size() - 2), hidden), output, loss);
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

    /** Number of weights and biases. */
    public int parameterCount() {
        return (int) parameterCount(layers);
    }

    private static long parameterCount(List<Integer> layers) {
        return counts(layers).stream().mapToLong(LayerCounts::parameters).sum();
    }

    /** What each layer that has weights holds and computes, from the first to the last. */
    public List<LayerCounts> counts() {
        return counts(layers);
    }

    private static List<LayerCounts> counts(List<Integer> layers) {
        return IntStream.range(1, layers.size())
                .mapToObj(l -> new LayerCounts(layers.get(l - 1), layers.get(l), l == 1))
                .toList();
    }

    /** Multiply-adds of one example in an evaluation of cost and gradient. */
    public long multiplyAdds() {
        return counts().stream()
                .mapToLong(layer -> layer.forward() + layer.backward())
                .sum();
    }

    /** The widths as people write them, {@code 2-10-1}. */
    @Override
    public String toString() {
        return layers.stream().map(String::valueOf).collect(Collectors.joining("-"));
    }
}
