package dev.sparkprop.diagnosis;

import dev.sparkprop.network.Output;
import dev.sparkprop.network.Topology;
import java.util.List;
import java.util.Locale;

/**
 * Detects a network whose single sigmoid output is one half for every example. Its cost stays at ln 2, and its
 * predictions are right only by chance.
 */
record Guessing(Setup setup) implements Rule {
    static final String NAME = "guessing";

    private static final double LN_2 = Math.log(2);

    /**
     * Maximum distance of the cost from ln 2. It corresponds to outputs within about 0.02 of one half, because the
     * loss grows by twice the square of that distance.
     */
    private static final double COST_TOLERANCE = 1e-3;

    /**
     * Maximum accuracy of guessing: one half for equally frequent classes, with a margin for nearly equal ones and
     * for ties that rounding decides.
     */
    private static final double MAX_ACCURACY = 0.6;

    /**
     * Gradient norm below which there is no direction to follow. With errors of one half, features of about 1 can
     * give gradients of up to one half.
     */
    private static final double FLAT_GRADIENT_NORM = 1e-3;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean applies(RecentLines lines) {
        Topology topology = setup.topology();
        boolean one = topology.output() == Output.SIGMOID && topology.outputs() == 1;
        return one
                && lines.all(line -> Math.abs(line.cost() - LN_2) <= COST_TOLERANCE && line.accuracy() <= MAX_ACCURACY);
    }

    @Override
    public String text(RecentLines lines) {
        Topology topology = setup.topology();
        String problem =
                "The output is about 0.5 for every example (cost ln 2 = 0.6931), so predictions are correct only by chance.";
        if (topology.depth() > 1 || lines.newest().gradientNorm() > FLAT_GRADIENT_NORM) {
            return problem + " Training runs may start like this."
                    + Suggestion.text(setup, Suggestion.LARGER_RATE, Suggestion.LARGER_WEIGHTS, Suggestion.SEED);
        }
        return problem
                + String.format(
                        Locale.ROOT,
                        " No %s separates the classes, and a network without a hidden layer can learn no other boundary."
                                + " Add a hidden layer, such as network.layers = %s.",
                        topology.inputs() == 2 ? "straight line" : "plane",
                        List.of(topology.inputs(), Math.max(2, topology.inputs()), 1));
    }
}
