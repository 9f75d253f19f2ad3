package dev.sparkprop.diagnosis;

import dev.sparkprop.kernel.Activation;
import dev.sparkprop.network.ReferenceNetwork;
import dev.sparkprop.network.Topology;
import dev.sparkprop.text.ConstantName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Detects hidden units that pass no gradient, using forward passes over some examples. */
final class Units {
    static final String SATURATED = "saturated-units";
    static final String DEAD = "dead-units";

    /**
     * Slope below which an activation is flat, as a fraction of its steepest slope. It passes a hundredth or less
     * of the gradient.
     */
    private static final double FLAT = 0.01;

    /**
     * Minimum fraction of a layer's activations that are flat. In a trained network, units are flat for many
     * examples, but not all units for nearly all examples.
     */
    private static final double SATURATED_SHARE = 0.9;

    /** Minimum fraction of a layer's units. A few dead units do no harm: the layer is effectively narrower. */
    private static final double DEAD_SHARE = 0.25;

    /** Maximum number of multiply-adds in the forward passes, which take tens of milliseconds. */
    private static final long MAX_MULTIPLY_ADDS = 10_000_000;

    /** Maximum number of features to collect on the driver. */
    private static final int MAX_VALUES = 100_000;

    /**
     * A unit that is dead for this number of examples is active for less than a tenth of all examples, with
     * 95 % confidence.
     */
    private static final int MIN_EXAMPLES = 30;

    private static final int MAX_EXAMPLES = 500;

    private Units() {}

    /** Returns the maximum number of examples whose features are inspected; 0 if there are too many features. */
    static int examplesOfFeatures(Topology topology) {
        int affordable = MAX_VALUES / topology.inputs();
        return affordable < MIN_EXAMPLES ? 0 : Math.min(affordable, MAX_EXAMPLES);
    }

    /** Returns the maximum number of examples to inspect; 0 if the network is too large for enough of them. */
    static int examples(Topology topology) {
        long affordable = Math.min(MAX_MULTIPLY_ADDS / topology.parameterCount(), MAX_VALUES / topology.inputs());
        return topology.depth() < 2 || affordable < MIN_EXAMPLES ? 0 : (int) Math.min(affordable, MAX_EXAMPLES);
    }

    /**
     * Returns the problems of hidden layers.
     *
     * @param examples the features of each example, as the network receives them; only the first
     *     {@link #examples} are inspected
     * @param learned whether the cost is low, so that saturation does no harm
     */
    static List<Symptom> symptoms(
            Setup setup, double[] parameters, List<double[]> examples, boolean learned, int iteration) {
        Topology topology = setup.topology();
        List<double[]> sample = examples.subList(0, Math.min(examples.size(), examples(topology)));
        ReferenceNetwork net = new ReferenceNetwork(topology, parameters);
        List<double[][]> passes = sample.stream().map(net::forward).toList();
        List<Symptom> symptoms = new ArrayList<>();
        for (int l = 0; l < topology.hidden().size() && !passes.isEmpty(); l++) {
            int layer = l;
            List<double[]> slopes =
                    passes.stream().map(z -> net.slopes(layer, z[layer])).toList();
            Activation activation = topology.hidden().get(l);
            if (activation == Activation.RELU) {
                long dead = dead(slopes);
                int units = topology.layers().get(l + 1);
                if (dead >= DEAD_SHARE * units) {
                    symptoms.add(new Symptom(DEAD, iteration, deadText(setup, l + 1, dead, units, sample.size())));
                }
            } else if (!learned && share(activation, slopes) >= SATURATED_SHARE) {
                symptoms.add(new Symptom(
                        SATURATED, iteration, saturatedText(setup, l + 1, activation, share(activation, slopes))));
            }
        }
        return symptoms;
    }

    /** Returns the number of units whose slope is 0 for every example. */
    private static long dead(List<double[]> slopes) {
        long dead = 0;
        for (int unit = 0; unit < slopes.get(0).length; unit++) {
            int of = unit;
            dead += slopes.stream().allMatch(example -> example[of] == 0) ? 1 : 0;
        }
        return dead;
    }

    /** Returns the fraction of a layer's activations that are flat; 0 for activations that never are. */
    private static double share(Activation activation, List<double[]> slopes) {
        double steepest = switch (activation) {
            case SIGMOID -> 0.25;
            case TANH -> 1;
            case RELU, LEAKY_RELU, LINEAR -> 0;
        };
        long flat = 0;
        for (double[] example : slopes) {
            for (double slope : example) {
                flat += slope < FLAT * steepest ? 1 : 0;
            }
        }
        return (double) flat / slopes.size() / slopes.get(0).length;
    }

    private static String deadText(Setup setup, int layer, long dead, int units, int examples) {
        return String.format(
                        Locale.ROOT,
                        "%,d of the %,d relu units of layer %d are 0 for all of %,d examples, and cannot learn any more.",
                        dead,
                        units,
                        layer,
                        examples)
                + Suggestion.text(
                        setup, Suggestion.STANDARDIZE, Suggestion.LOWER_RATE, Suggestion.HE, Suggestion.LEAKY_RELU);
    }

    private static String saturatedText(Setup setup, int layer, Activation activation, double share) {
        return String.format(
                        Locale.ROOT,
                        "%.0f %% of the outputs of the %s units of layer %d are saturated, so almost no gradient passes through them.",
                        100 * share,
                        ConstantName.of(activation),
                        layer)
                + Suggestion.text(setup, Suggestion.STANDARDIZE, Suggestion.XAVIER, Suggestion.LOWER_RATE);
    }
}
