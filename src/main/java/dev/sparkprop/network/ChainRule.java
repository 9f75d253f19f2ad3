package dev.sparkprop.network;

import dev.sparkprop.data.Example;
import dev.sparkprop.kernel.Dense;
import java.util.stream.IntStream;

/**
 * The chain rule for one example, every factor by its name. Arrays are {@code [layer][unit]}, from the first layer that has weights to
 * the outputs.
 *
 * @param topology of the net
 * @param parameters of the net
 * @param inputs of each layer: the features, then the activations of the layer below
 * @param z pre-activations W·input + b
 * @param a activations f(z)
 * @param error ∂loss/∂a
 * @param slope ∂a/∂z of the unit itself; NaN of softmax outputs, which all depend on each z
 * @param delta ∂loss/∂z: the product of error and slope, of softmax outputs a − target
 * @param loss of the example
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier: never compared, never printed
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

    /** The chain rule at some parameters, as {@link ReferenceNetwork} computes it. */
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

    /** ∂loss/∂a of an output, infinite where a double cannot tell it from certain and it is wrong. */
    private static double outputError(Topology topology, double a, double target) {
        double error = switch (topology.loss()) {
            case BINARY_CROSS_ENTROPY -> over(1 - target, 1 - a) - over(target, a);
            case SOFTMAX_CROSS_ENTROPY -> -over(target, a);
            case SQUARED_ERROR -> 2 * (a - target);
        };
        return error / topology.loss().terms(topology.outputs());
    }

    /** A ratio of which nothing is nothing, whatever it is divided by. */
    private static double over(double share, double probability) {
        return share == 0 ? 0 : share / probability;
    }

    private static double outputSlope(Output output, double a) {
        return switch (output) {
            case SIGMOID -> a * (1 - a);
            case SOFTMAX -> Double.NaN;
            case LINEAR -> 1;
        };
    }

    /** ∂a of an output by z of a softmax output, on which all depend: a·(1 − a) of itself, else −a·a′. */
    public double softmaxSlope(int output, int unit) {
        double[] outputs = a[a.length - 1];
        return outputs[output] * ((output == unit ? 1 : 0) - outputs[unit]);
    }

    /** ∂z/∂parameter: the input that a weight is multiplied with; 1 of a bias. */
    public double input(ParameterPlace place) {
        return place.bias() ? 1 : inputs[place.layer()][place.input()];
    }

    /** ∂loss/∂parameter: delta · input. */
    public double derivative(ParameterPlace place) {
        return delta[place.layer()][place.output()] * input(place);
    }

    /**
     * The weights through which a unit of a hidden layer acts on the layer above, one for each unit there: the unit's error is the sum
     * over these paths of weight · delta.
     */
    public double[] weightsAbove(int layer, int unit) {
        Dense above = new ParameterLayout(topology).dense().get(layer + 1);
        return IntStream.range(0, above.outputs())
                .mapToDouble(o -> parameters[above.weights() + o * above.inputs() + unit])
                .toArray();
    }
}
