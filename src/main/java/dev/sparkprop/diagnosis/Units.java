package dev.sparkprop.diagnosis;

import dev.sparkprop.kernel.Activation;
import dev.sparkprop.network.ReferenceNetwork;
import dev.sparkprop.network.Topology;
import dev.sparkprop.text.ConstantName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Hidden units through which no gradient passes, by a forward pass over some examples. */
final class Units {
    static final String SATURATED = "saturated-units";
    static final String DEAD = "dead-units";

    /** Of the steepest slope of an activation: what passes through such a unit on its way down is a hundredth or less. */
    private static final double FLAT = 0.01;

    /** Share of a layer's activations that are flat. Units of a net that has learned are flat for many examples, but not all for nearly all. */
    private static final double SATURATED_SHARE = 0.9;

    /** Share of a layer's units. A few that are dead do no harm: the layer is that much narrower. */
    private static final double DEAD_SHARE = 0.25;

    /** Multiply-adds of the forward pass, some tens of milliseconds. */
    private static final long WORK = 10_000_000;

    /** Features that come to the driver. */
    private static final int VALUES = 100_000;

    /** A unit that is dead for so many examples is alive for less than a tenth of all, with a certainty of 95 %. */
    private static final int FEWEST = 30;

    private static final int MOST = 500;

    private Units() {}

    /** How many examples to look at features of, of which there may be fewer; 0 of too many features. */
    static int examplesOfFeatures(Topology topology) {
        int affordable = VALUES / topology.inputs();
        return affordable < FEWEST ? 0 : Math.min(affordable, MOST);
    }

    /** How many examples to look at, of which there may be fewer; 0 of a net that is too large for enough of them. */
    static int examples(Topology topology) {
        long affordable = Math.min(WORK / topology.parameterCount(), VALUES / topology.inputs());
        return topology.depth() < 2 || affordable < FEWEST ? 0 : (int) Math.min(affordable, MOST);
    }

    /**
     * What is the matter with hidden layers.
     *
     * @param examples features of each, as the net takes them; those beyond {@link #examples} are not looked at
     * @param learned whether the cost is low, where saturation does no harm
     */
    static List<Symptom> symptoms(
            Setup setup, double[] parameters, List<double[]> examples, boolean learned, int iteration) {
        Topology topology = setup.topology();
        List<double[]> some = examples.subList(0, Math.min(examples.size(), examples(topology)));
        ReferenceNetwork net = new ReferenceNetwork(topology, parameters);
        List<double[][]> passes = some.stream().map(net::forward).toList();
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
                    symptoms.add(new Symptom(DEAD, iteration, deadText(setup, l + 1, dead, units, some.size())));
                }
            } else if (!learned && share(activation, slopes) >= SATURATED_SHARE) {
                symptoms.add(new Symptom(
                        SATURATED, iteration, saturatedText(setup, l + 1, activation, share(activation, slopes))));
            }
        }
        return symptoms;
    }

    /** Units that have no slope for any example. */
    private static long dead(List<double[]> slopes) {
        long dead = 0;
        for (int unit = 0; unit < slopes.get(0).length; unit++) {
            int of = unit;
            dead += slopes.stream().allMatch(example -> example[of] == 0) ? 1 : 0;
        }
        return dead;
    }

    /** The share of a layer's activations that are flat; 0 of activations that never are. */
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
                        "%,d of the %,d relu units of layer %d are 0 for each of %,d examples, and learn nothing any more.",
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
                        "%.0f %% of what the %s units of layer %d say is at one of their ends, where no gradient passes.",
                        100 * share,
                        ConstantName.of(activation),
                        layer)
                + Suggestion.text(setup, Suggestion.STANDARDIZE, Suggestion.XAVIER, Suggestion.LOWER_RATE);
    }
}
