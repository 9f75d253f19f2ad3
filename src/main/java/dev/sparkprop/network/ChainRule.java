package dev.sparkprop.network;

import dev.sparkprop.data.Example;
import dev.sparkprop.kernel.Dense;
import java.util.stream.IntStream;

/**
 * The chain rule for one example, with each factor. Arrays are {@code [layer][unit]}, from the first layer that has
 * weights to the outputs.
 *
 * @param topology shape of the network
 * @param parameters parameters of the network
 * @param inputs inputs of each layer: the features, then the activations of the layer below
 * @param z pre-activations W·input + b
 * @param a activations f(z)
 * @param error ∂loss/∂a
 * @param slope ∂a/∂z of the unit itself; NaN for softmax outputs, because each output depends on every z
 * @param delta ∂loss/∂z: error times slope, or a − target for softmax outputs
 * @param loss loss of the example
 */
@SuppressWarnings("ArrayRecordComponent") // never compared or printed
public record ChainRule(
        Topology topology,
        double[] parameters,
        double[][] inputs,
        double[][] z,
        double[][] a,
        double[][] error,
        double[][] slope,
        double[][] delta,
        double loss) {

    /** Returns the chain rule at the given parameters, computed by {@link ReferenceNetwork}. */
    public static ChainRule of(Topology topology, double[] parameters, Example example) {
        ReferenceNetwork net = new ReferenceNetwork(topology, parameters);
        double[][] z = net.forward(example.features());
        double[][] delta = net.deltas(z, example.targets());
        double[][] inputs = net.inputs(example.features(), z);
        double[][] a = new double[z.length][];
        double[][] error = new double[z.length][];
        double[][] slope = new double[z.length][];
        int top = z.length - 1;
        for (int l = 0; l < top; l++) {
            a[l] = inputs[l + 1];
            error[l] = net.errorBelow(l + 1, delta[l + 1]);
            slope[l] = net.slopes(l, z[l]);
        }
        a[top] = topology.output().activate(z[top]);
        error[top] = new double[a[top].length];
        slope[top] = new double[a[top].length];
        for (int o = 0; o < a[top].length; o++) {
            error[top][o] = outputError(topology, a[top][o], example.targets()[o]);
            slope[top][o] = outputSlope(topology.output(), a[top][o]);
        }
        return new ChainRule(
                topology, parameters, inputs, z, a, error, slope, delta, net.loss(z[top], example.targets()));
    }

    /**
     * Returns ∂loss/∂a of an output. It is infinite if the prediction is wrong and its probability rounds to 0 or 1.
     */
    private static double outputError(Topology topology, double a, double target) {
        double error = switch (topology.loss()) {
            case BINARY_CROSS_ENTROPY -> quotient(1 - target, 1 - a) - quotient(target, a);
            case SOFTMAX_CROSS_ENTROPY -> -quotient(target, a);
            case SQUARED_ERROR -> 2 * (a - target);
        };
        return error / topology.loss().terms(topology.outputs());
    }

    /** Returns a ratio that is 0 if the numerator is 0, even if the denominator is 0 too. */
    private static double quotient(double numerator, double denominator) {
        return numerator == 0 ? 0 : numerator / denominator;
    }

    private static double outputSlope(Output output, double a) {
        return switch (output) {
            case SIGMOID -> a * (1 - a);
            case SOFTMAX -> Double.NaN;
            case LINEAR -> 1;
        };
    }

    /** Returns ∂a/∂z between two softmax outputs: a·(1 − a) for an output's own z, else −a·a′. */
    public double softmaxSlope(int output, int unit) {
        double[] outputs = a[a.length - 1];
        return outputs[output] * ((output == unit ? 1 : 0) - outputs[unit]);
    }

    /** Returns ∂z/∂parameter: the input that a weight is multiplied with, or 1 for a bias. */
    public double input(ParameterPlace place) {
        return place.bias() ? 1 : inputs[place.layer()][place.input()];
    }

    /** Returns ∂loss/∂parameter: delta · input. */
    public double derivative(ParameterPlace place) {
        return delta[place.layer()][place.output()] * input(place);
    }

    /**
     * Returns the weights from a hidden unit to the layer above, one per unit of that layer. The error of the hidden
     * unit is the sum of weight · delta over them.
     */
    public double[] weightsAbove(int layer, int unit) {
        Dense above = new ParameterLayout(topology).dense().get(layer + 1);
        return IntStream.range(0, above.outputs())
                .mapToDouble(o -> parameters[above.weights() + o * above.inputs() + unit])
                .toArray();
    }
}
