package dev.sparkprop.network;

import dev.sparkprop.kernel.Dense;
import java.util.ArrayList;
import java.util.List;

/**
 * The position of each tensor in the flat array of all parameters: W1 (outputs × inputs, by rows), b1, W2, b2, … The
 * gradient has the same layout.
 */
public final class ParameterLayout {
    private final List<Tensor> tensors = new ArrayList<>();
    private final List<Dense> dense = new ArrayList<>();
    private final int size;

    /** Creates the layout of a network. */
    public ParameterLayout(Topology topology) {
        int offset = 0;
        for (int l = 0; l < topology.depth(); l++) {
            int inputs = topology.layers().get(l);
            int outputs = topology.layers().get(l + 1);
            Tensor weights = new Tensor("W" + (l + 1), List.of(outputs, inputs), offset);
            Tensor biases = new Tensor("b" + (l + 1), List.of(outputs), offset + weights.size());
            tensors.add(weights);
            tensors.add(biases);
            dense.add(new Dense(inputs, outputs, weights.offset(), biases.offset()));
            offset = biases.offset() + biases.size();
        }
        size = offset;
    }

    /** Returns all tensors in the order of their offsets. */
    public List<Tensor> tensors() {
        return List.copyOf(tensors);
    }

    /** Returns the layers that have weights, from the first to the last. */
    public List<Dense> dense() {
        return List.copyOf(dense);
    }

    /** Returns a new array with the parameters rounded to float32, as the kernels require. */
    public static float[] toFloat32(double[] parameters) {
        float[] rounded = new float[parameters.length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = (float) parameters[i];
        }
        return rounded;
    }

    /** Returns the number of parameters. */
    public int size() {
        return size;
    }

    /**
     * One named tensor of the parameters.
     *
     * @param name {@code W1}, {@code b1}, …
     * @param shape outputs × inputs for weights, outputs for biases
     * @param offset offset of its first element in the flat array
     */
    public record Tensor(String name, List<Integer> shape, int offset) {
        /** Returns the number of elements. */
        public int size() {
            return shape.stream().reduce(1, Math::multiplyExact);
        }
    }
}
