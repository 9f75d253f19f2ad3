package dev.sparkprop.network;

import dev.sparkprop.kernel.Dense;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One weight or bias of a network.
 *
 * @param layer its layer, from 0
 * @param output the unit of that layer
 * @param input the unit of the layer below, or the feature; {@value #BIAS} for a bias
 * @param index the index in the flat array of all parameters
 */
public record ParameterPlace(int layer, int output, int input, int index) {
    private static final int BIAS = -1;

    /** At most nine digits, so that each number fits in an int. */
    private static final Pattern NAME =
            Pattern.compile("(?:W(\\d{1,9})\\[(\\d{1,9}),(\\d{1,9})]|b(\\d{1,9})\\[(\\d{1,9})])");

    /** Returns the parameter at an index. */
    public static ParameterPlace of(ParameterLayout layout, int index) {
        List<Dense> layers = layout.dense();
        int l = 0;
        while (index >= layers.get(l).biases() + layers.get(l).outputs()) {
            l++;
        }
        Dense layer = layers.get(l);
        int at = index - layer.weights();
        return index < layer.biases()
                ? new ParameterPlace(l, at / layer.inputs(), at % layer.inputs(), index)
                : new ParameterPlace(l, index - layer.biases(), BIAS, index);
    }

    /**
     * Returns the parameter with a name such as {@code W1[0,1]} (to unit 0 from input 1) or {@code b1[0]}. Returns
     * empty if the network has no such parameter.
     */
    public static Optional<ParameterPlace> parse(ParameterLayout layout, String name) {
        Matcher matcher = NAME.matcher(name.replace(" ", ""));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        boolean bias = matcher.group(1) == null;
        int layer = Integer.parseInt(matcher.group(bias ? 4 : 1)) - 1;
        int output = Integer.parseInt(matcher.group(bias ? 5 : 2));
        int input = bias ? BIAS : Integer.parseInt(matcher.group(3));
        if (layer < 0 || layer >= layout.dense().size()) {
            return Optional.empty();
        }
        Dense dense = layout.dense().get(layer);
        int index = bias ? dense.biases() + output : dense.weights() + output * dense.inputs() + input;
        return output < dense.outputs() && input < dense.inputs()
                ? Optional.of(new ParameterPlace(layer, output, input, index))
                : Optional.empty();
    }

    /** Returns true for a bias, which has no input. */
    public boolean bias() {
        return input == BIAS;
    }

    /** Returns the name of the tensor, such as {@code W1}. */
    public String tensor() {
        return (bias() ? "b" : "W") + (layer + 1);
    }

    /** Returns a name such as {@code W1[0,1]} or {@code b1[0]}. */
    @Override
    public String toString() {
        return tensor() + "[" + output + (bias() ? "" : "," + input) + "]";
    }
}
