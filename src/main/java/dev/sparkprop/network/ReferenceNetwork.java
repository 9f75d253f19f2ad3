package dev.sparkprop.network;

import dev.sparkprop.kernel.Activation;
import dev.sparkprop.kernel.Dense;
import java.util.Arrays;
import java.util.List;

/**
 * Textbook backpropagation: float64, one example at a time, one method per step. It is the oracle for tests of the
 * fast kernels and is not optimized.
 */
public final class ReferenceNetwork {
    private final Topology topology;
    private final List<Dense> layers;
    private final double[] parameters;

    /** Creates a network with these parameters, in the layout of {@link ParameterLayout}. */
    public ReferenceNetwork(Topology topology, double[] parameters) {
        this.topology = topology;
        this.layers = new ParameterLayout(topology).dense();
        if (parameters.length != topology.parameterCount()) {
            throw new IllegalArgumentException("Invalid number of parameters: " + parameters.length + " (must be "
                    + topology.parameterCount() + " for " + topology + ")");
        }
        this.parameters = parameters;
    }

    /**
     * Returns the pre-activations of all layers for one example: {@code z[l]} is W·a + b with a the output of
     * the layer below.
     */
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
            if (l < z.length - 1) {
                a = activate(topology.hidden().get(l), z[l]);
            }
        }
        return z;
    }

    /**
     * Applies the chain rule for one example, from the outputs down.
     *
     * @param z the result of {@link #forward} for this example
     * @param gradient the array to which ∂loss/∂parameter is added
     */
    public void backward(double[] example, double[][] z, double[] targets, double[] gradient) {
        double[][] delta = deltas(z, targets);
        double[][] a = inputs(example, z);
        for (int l = layers.size() - 1; l >= 0; l--) {
            Dense layer = layers.get(l);
            // z = W·a + b, so ∂z/∂W is a and ∂z/∂b is 1
            for (int o = 0; o < layer.outputs(); o++) {
                gradient[layer.biases() + o] += delta[l][o];
                for (int i = 0; i < layer.inputs(); i++) {
                    gradient[layer.weights() + o * layer.inputs() + i] += delta[l][o] * a[l][i];
                }
            }
        }
    }

    /**
     * Returns the inputs of all layers for one example: the example itself, then the activations of the layer below.
     */
    double[][] inputs(double[] example, double[][] z) {
        double[][] a = new double[z.length][];
        for (int l = 0; l < a.length; l++) {
            a[l] = l == 0 ? example : activate(topology.hidden().get(l - 1), z[l - 1]);
        }
        return a;
    }

    /** Returns the errors of all layers for one example: {@code delta[l]} is ∂loss/∂z. */
    double[][] deltas(double[][] z, double[] targets) {
        double[][] delta = new double[z.length][];
        delta[z.length - 1] = outputDelta(z[z.length - 1], targets);
        for (int l = z.length - 2; l >= 0; l--) {
            // z = W·f(z′) + b, so ∂loss/∂z′ is (Wᵀ·delta) ⊙ f′(z′)
            delta[l] = errorBelow(l + 1, delta[l + 1]);
            double[] slopes = slopes(l, z[l]);
            for (int o = 0; o < slopes.length; o++) {
                delta[l][o] *= slopes[o];
            }
        }
        return delta;
    }

    /** Returns ∂loss/∂a of the layer below layer {@code l}, which is Wᵀ·delta. */
    double[] errorBelow(int l, double[] delta) {
        Dense layer = layers.get(l);
        double[] error = new double[layer.inputs()];
        for (int i = 0; i < error.length; i++) {
            for (int o = 0; o < layer.outputs(); o++) {
                error[i] += weight(layer, o, i) * delta[o];
            }
        }
        return error;
    }

    /** Returns f′(z) of a hidden layer. */
    public double[] slopes(int l, double[] z) {
        return Arrays.stream(z)
                .map(v -> derivative(topology.hidden().get(l), v))
                .toArray();
    }

    /** Returns the outputs a of one example. */
    public double[] predict(double[] example) {
        double[][] z = forward(example);
        return topology.output().activate(z[z.length - 1]);
    }

    /** Returns the loss of one example, given the pre-activations of its outputs. */
    public double loss(double[] z, double[] targets) {
        return topology.loss().value(z, targets);
    }

    /**
     * Returns ∂loss/∂z of the outputs: a − t for cross-entropy and 2·(a − t) for squared error, divided by the number
     * of terms in the mean loss.
     */
    private double[] outputDelta(double[] z, double[] targets) {
        double[] delta = topology.output().activate(z);
        double slope = topology.loss() == Loss.SQUARED_ERROR ? 2 : 1;
        for (int o = 0; o < delta.length; o++) {
            delta[o] = slope * (delta[o] - targets[o]) / topology.loss().terms(z.length);
        }
        return delta;
    }

    private double weight(Dense layer, int output, int input) {
        return parameters[layer.weights() + output * layer.inputs() + input];
    }

    private static double[] activate(Activation activation, double[] z) {
        return Arrays.stream(z).map(v -> activate(activation, v)).toArray();
    }

    private static double activate(Activation activation, double z) {
        return switch (activation) {
            case SIGMOID -> Output.sigmoid(z);
            case TANH -> Math.tanh(z);
            case RELU -> z > 0 ? z : 0;
            case LEAKY_RELU -> z > 0 ? z : Activation.LEAK * z;
            case LINEAR -> z;
        };
    }

    private static double derivative(Activation activation, double z) {
        double a = activate(activation, z);
        return switch (activation) {
            case SIGMOID -> a * (1 - a);
            case TANH -> 1 - a * a;
            case RELU -> z > 0 ? 1 : 0;
            case LEAKY_RELU -> z > 0 ? 1 : Activation.LEAK;
            case LINEAR -> 1;
        };
    }
}
