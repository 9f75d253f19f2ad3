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
 * The shape of a network.
 *
 * @param layers widths from the inputs to the outputs, at least two, each at least 1
 * @param hidden activations of the hidden layers, one per layer
 * @param output function that the last layer applies to its pre-activations
 * @param loss loss of one example
 */
public record Topology(List<Integer> layers, List<Activation> hidden, Output output, Loss loss)
        implements Serializable {

    /** The running sums of a narrow layer take 16 floats per weight, all in one array. */
    private static final int MAX_PARAMETERS = 1 << 26;

    /** The activations of a tile take 256 floats per unit, all in one array. */
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

    /** Creates a network with the same activation for all hidden layers. */
    public Topology(List<Integer> layers, Activation hidden, Output output, Loss loss) {
        this(layers, Collections.nCopies(Math.max(0, layers.size() - 2), hidden), output, loss);
    }

    /** Returns the number of inputs. */
    public int inputs() {
        return layers.get(0);
    }

    /** Returns the number of outputs. */
    public int outputs() {
        return layers.get(layers.size() - 1);
    }

    /** Returns the number of layers that have weights. */
    public int depth() {
        return layers.size() - 1;
    }

    /** Returns the number of weights and biases. */
    public int parameterCount() {
        return (int) parameterCount(layers);
    }

    private static long parameterCount(List<Integer> layers) {
        return counts(layers).stream().mapToLong(LayerCounts::parameters).sum();
    }

    /** Returns the sizes and operation counts of each layer that has weights, from the first to the last. */
    public List<LayerCounts> counts() {
        return counts(layers);
    }

    private static List<LayerCounts> counts(List<Integer> layers) {
        return IntStream.range(1, layers.size())
                .mapToObj(l -> new LayerCounts(layers.get(l - 1), layers.get(l), l == 1))
                .toList();
    }

    /** Returns the number of multiply-adds per example in one evaluation of cost and gradient. */
    public long multiplyAdds() {
        return counts().stream()
                .mapToLong(layer -> layer.forward() + layer.backward())
                .sum();
    }

    /** Returns the widths in the usual notation, such as {@code 2-10-1}. */
    @Override
    public String toString() {
        return layers.stream().map(String::valueOf).collect(Collectors.joining("-"));
    }
}
