package dev.sparkprop.network;

import dev.sparkprop.data.Example;
import java.util.List;

/**
 * The mean loss and gradient over some examples, computed by {@link ReferenceNetwork}, and central differences of the
 * same loss. The two ways to compute a derivative share only the forward pass.
 */
public final class ReferenceGradient {
    /**
     * The cube root of the spacing of doubles at 1, 6.06e-6. A central difference with step h has an error of
     * h²/6 times the third derivative, and a rounding error of ε/h times the loss. Near h = ∛ε, both are
     * smallest, about 1e-10.
     */
    public static final double STEP = Math.cbrt(Math.ulp(1.0));

    private final Topology topology;
    private final ParameterLayout layout;
    private final double[] parameters;
    private final List<Example> examples;
    private final double totalWeight;
    private final double[] gradient;
    private final double[] magnitudes;
    /** The largest magnitude of each layer's inputs over all examples. */
    private final double[][] largestInputs;

    private final double loss;

    /** Computes loss and gradient of a network. The parameters are not copied and must not change. */
    public ReferenceGradient(Topology topology, double[] parameters, List<Example> examples) {
        this.topology = topology;
        this.layout = new ParameterLayout(topology);
        this.parameters = parameters;
        this.examples = List.copyOf(examples);
        double weight = examples.stream().mapToDouble(Example::weight).sum();
        this.totalWeight = weight == 0 ? 1 : weight;
        this.gradient = new double[parameters.length];
        this.magnitudes = new double[parameters.length];
        this.largestInputs = new double[topology.depth()][];
        for (int l = 0; l < largestInputs.length; l++) {
            largestInputs[l] = new double[topology.layers().get(l)];
        }
        this.loss = accumulate();
    }

    private double accumulate() {
        ReferenceNetwork net = new ReferenceNetwork(topology, parameters);
        double sum = 0;
        for (Example example : examples) {
            double[][] z = net.forward(example.features());
            double[] exampleGradient = new double[parameters.length];
            net.backward(example.features(), z, example.targets(), exampleGradient);
            double share = example.weight() / totalWeight;
            for (int i = 0; i < exampleGradient.length; i++) {
                gradient[i] += share * exampleGradient[i];
                magnitudes[i] += share * Math.abs(exampleGradient[i]);
            }
            double[][] inputs = net.inputs(example.features(), z);
            for (int l = 0; l < inputs.length; l++) {
                for (int i = 0; i < inputs[l].length; i++) {
                    largestInputs[l][i] = Math.max(largestInputs[l][i], Math.abs(inputs[l][i]));
                }
            }
            sum += share * net.loss(z[z.length - 1], example.targets());
        }
        return sum;
    }

    /** Returns (Σ w·loss)/(Σ w), without penalties. */
    public double loss() {
        return loss;
    }

    /** Returns the derivative of the loss by one parameter, computed with the chain rule. */
    public double derivative(int index) {
        return gradient[index];
    }

    /**
     * Returns the mean magnitude of the examples' contributions to a derivative: its size if they did not cancel
     * each other out.
     */
    public double magnitude(int index) {
        return magnitudes[index];
    }

    /**
     * A central difference.
     *
     * @param derivative approximate derivative of the loss by one parameter
     * @param step distance from the parameter to each side
     * @param kink whether a pre-activation of an example changes its sign within the step and its activation has a
     *     kink there; the difference then does not approximate a derivative
     */
    public record Difference(double derivative, double step, boolean kink) {}

    /**
     * Returns the central difference of the loss by one parameter. The step is {@link #STEP}, scaled in two ways:
     *
     * <ul>
     * <li>It is multiplied by the magnitude of the parameter if that is above 1. Rounding would otherwise
     * absorb the step.
     * <li>It is divided by the largest input that the parameter is multiplied with if that is above 1. This limits
     * the change of z.
     * </ul>
     */
    public Difference difference(int index) {
        ParameterPlace place = ParameterPlace.of(layout, index);
        double input = place.bias() ? 1 : Math.max(1, largestInputs[place.layer()][place.input()]);
        double step = STEP * Math.max(1, Math.abs(parameters[index])) / input;
        ReferenceNetwork above = shifted(index, step);
        ReferenceNetwork below = shifted(index, -step);
        double difference = 0;
        boolean kink = false;
        for (Example example : examples) {
            double[][] zAbove = above.forward(example.features());
            double[][] zBelow = below.forward(example.features());
            kink |= example.weight() > 0 && kinkBetween(zAbove, zBelow);
            int top = zAbove.length - 1;
            difference += example.weight()
                    * (above.loss(zAbove[top], example.targets()) - below.loss(zBelow[top], example.targets()));
        }
        // the actual step, which differs slightly because of rounding
        double actualDistance = (parameters[index] + step) - (parameters[index] - step);
        return new Difference(difference / totalWeight / actualDistance, step, kink);
    }

    private ReferenceNetwork shifted(int index, double step) {
        double[] shifted = parameters.clone();
        shifted[index] += step;
        return new ReferenceNetwork(topology, shifted);
    }

    private boolean kinkBetween(double[][] zAbove, double[][] zBelow) {
        for (int l = 0; l < zAbove.length - 1; l++) {
            switch (topology.hidden().get(l)) {
                case SIGMOID, TANH, LINEAR -> {}
                case RELU, LEAKY_RELU -> {
                    for (int o = 0; o < zAbove[l].length; o++) {
                        if (zAbove[l][o] > 0 != zBelow[l][o] > 0) {
                            return true;
                        }
                    }
                }
            }
        }
        return false;
    }
}
