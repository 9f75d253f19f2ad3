package dev.sparkprop.network;

import dev.sparkprop.data.Example;
import java.util.List;

/**
 * Mean loss and gradient over some examples at some parameters, as {@link ReferenceNetwork} computes them, and what central
 * differences make of the same loss: two ways to a derivative that share the forward pass alone.
 */
public final class ReferenceGradient {
    /**
     * The cube root of the distance of two doubles at 1, 6.06e-6. A central difference of step h misses by h²/6 times the third
     * derivative, and by ε/h times the loss where that is rounded: around h = ∛ε both are least, some 1e-10.
     */
    public static final double STEP = Math.cbrt(Math.ulp(1.0));

    private final Topology topology;
    private final ParameterLayout layout;
    private final double[] parameters;
    private final List<Example> examples;
    private final double totalWeight;
    private final double[] gradient;
    private final double[] magnitudes;
    /** The largest magnitude of each layer's inputs in all examples. */
    private final double[][] largestInputs;

    private final double loss;

    /** Of a net at parameters that nobody changes. */
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
        this.loss = sumUp();
    }

    private double sumUp() {
        ReferenceNetwork net = new ReferenceNetwork(topology, parameters);
        double sum = 0;
        for (Example example : examples) {
            double[][] z = net.forward(example.features());
            double[] one = new double[parameters.length];
            net.backward(example.features(), z, example.targets(), one);
            double share = example.weight() / totalWeight;
            for (int i = 0; i < one.length; i++) {
                gradient[i] += share * one[i];
                magnitudes[i] += share * Math.abs(one[i]);
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

    /** (Σ w·loss)/(Σ w), without penalties. */
    public double loss() {
        return loss;
    }

    /** Derivative of the loss by one parameter, by the chain rule. */
    public double derivative(int index) {
        return gradient[index];
    }

    /** Mean magnitude of what examples add to a derivative: how large it would be if they did not cancel each other out. */
    public double magnitude(int index) {
        return magnitudes[index];
    }

    /**
     * A central difference.
     *
     * @param derivative of the loss by one parameter
     * @param step from the parameter, to either side
     * @param kink whether a pre-activation of an example changes its sign on the way, at which its activation has a kink: the
     *     loss has no one derivative there, and this is none
     */
    public record Difference(double derivative, double step, boolean kink) {}

    /**
     * The central difference of the loss by one parameter. Its step is {@link #STEP}, times the parameter where that is beyond 1, so
     * that it does not drown in it, over the largest input that the parameter is multiplied with where that is beyond 1, so
     * that z moves no further than the step.
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
        // the step that was made, which rounding has changed a little
        double made = (parameters[index] + step) - (parameters[index] - step);
        return new Difference(difference / totalWeight / made, step, kink);
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
