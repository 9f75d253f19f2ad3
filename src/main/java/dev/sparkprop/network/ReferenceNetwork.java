package dev.sparkprop.network;

import dev.sparkprop.kernel.Activation;
import dev.sparkprop.kernel.Dense;
import java.util.List;

/**
 * Backpropagation as the textbook has it: float64, one example at a time, every step by its name. The oracle that the fast
 * kernels are tested against; nothing here is fast.
 */
public final class ReferenceNetwork {
    private final Topology topology;
    private final List<Dense> layers;
    private final double[] parameters;

    /** A net at these parameters, laid out as {@link ParameterLayout} says. */
    public ReferenceNetwork(Topology topology, double[] parameters) {
        this.topology = topology;
        this.layers = new ParameterLayout(topology).dense();
        if (parameters.length != topology.parameterCount()) {
            throw new IllegalArgumentException("Invalid parameters: " + parameters.length + " of them (must be "
                    + topology.parameterCount() + " for " + topology + ")");
        }
        this.parameters = parameters;
    }

    /** The pre-activations of every layer for one example: {@code z[l]} is W·a + b of the layer below. */
    public double[][] forward(double[] example) {
        double[][] z = new double[layers.size()][];
        double[] a = example;
        for (int l = 0; l < z.length; l++) {
            Dense layer = layers.get(l);
            z[l] = new double[layer.outputs()];
            for (int o = 0; o < layer.outputs(); o++) {
                z[l][o] = parameters[layer.biases() + o];
                for (int i = 0; i < layer.inputs(); i++) {
                    z[l][o] += weight(layer, o, i) * a[i];
                }
            }
            a = activate(topology.activation(l), z[l]);
        }
        return z;
    }

    /**
     * The chain rule for one example, from the outputs down.
     *
     * @param z what {@link #forward} gave for this example
     * @param gradient receives ∂loss/∂parameter, added to what is there
     */
    public void backward(double[] example, double[][] z, double[] targets, double[] gradient) {
        double[] delta = outputDelta(z[z.length - 1], targets);
        for (int l = layers.size() - 1; l >= 0; l--) {
            Dense layer = layers.get(l);
            double[] a = l == 0 ? example : activate(topology.activation(l - 1), z[l - 1]);
            // z = W·a + b, so ∂z/∂W is a and ∂z/∂b is 1
            for (int o = 0; o < layer.outputs(); o++) {
                gradient[layer.biases() + o] += delta[o];
                for (int i = 0; i < layer.inputs(); i++) {
                    gradient[layer.weights() + o * layer.inputs() + i] += delta[o] * a[i];
                }
            }
            if (l > 0) {
                delta = deltaBelow(layer, delta, topology.activation(l - 1), z[l - 1]);
            }
        }
    }

    /** z = W·f(z′) + b, so ∂loss/∂z′ is (Wᵀ·delta) ⊙ f′(z′). */
    private double[] deltaBelow(Dense layer, double[] delta, Activation below, double[] zBelow) {
        double[] result = new double[layer.inputs()];
        for (int i = 0; i < result.length; i++) {
            for (int o = 0; o < layer.outputs(); o++) {
                result[i] += weight(layer, o, i) * delta[o];
            }
            result[i] *= derivative(below, zBelow[i]);
        }
        return result;
    }

    /** Outputs a of one example. */
    public double[] predict(double[] example) {
        double[][] z = forward(example);
        return activate(topology.output(), z[z.length - 1]);
    }

    /** Loss of one example from the pre-activations of the outputs; the mean over the outputs. */
    public double loss(double[] z, double[] targets) {
        double loss = 0;
        for (int o = 0; o < z.length; o++) {
            // −t·log σ(z) − (1 − t)·log(1 − σ(z)), without the log of a saturated σ
            loss += Math.max(z[o], 0) - z[o] * targets[o] + Math.log1p(Math.exp(-Math.abs(z[o])));
        }
        return loss / z.length;
    }

    /** Sigmoid and cross-entropy together: ∂loss/∂z is a − t, over the number of outputs. */
    private double[] outputDelta(double[] z, double[] targets) {
        double[] delta = activate(topology.output(), z);
        for (int o = 0; o < delta.length; o++) {
            delta[o] = (delta[o] - targets[o]) / delta.length;
        }
        return delta;
    }

    private double weight(Dense layer, int output, int input) {
        return parameters[layer.weights() + output * layer.inputs() + input];
    }

    private static double[] activate(Activation activation, double[] z) {
        double[] a = new double[z.length];
        for (int i = 0; i < a.length; i++) {
            a[i] = switch (activation) {
                case SIGMOID -> 1 / (1 + Math.exp(-z[i]));
                case LINEAR -> z[i];
            };
        }
        return a;
    }

    private static double derivative(Activation activation, double z) {
        return switch (activation) {
            case SIGMOID -> {
                double a = 1 / (1 + Math.exp(-z));
                yield a * (1 - a);
            }
            case LINEAR -> 1;
        };
    }
}
