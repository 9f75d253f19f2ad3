package dev.sparkprop.diagnosis;

import dev.sparkprop.network.Output;
import dev.sparkprop.network.Topology;
import java.util.List;
import java.util.Locale;

/** A net with one sigmoid output that says one half of every example: its cost stays at ln 2, and it is right by chance only. */
record Guessing(Setup setup) implements Rule {
    static final String NAME = "guessing";

    private static final double LN_2 = Math.log(2);

    /** Costs are so near where no output is further than about 0.02 from one half: the loss grows by twice the square of that. */
    private static final double NEAR = 1e-3;

    /** Of two classes that are equally frequent, with room for those that are nearly so, and for draws that are decided by rounding. */
    private static final double MOST_RIGHT = 0.6;

    /** Below it there is nothing left to follow: with errors of one half, features of about 1 can make gradients of up to one half. */
    private static final double FLAT = 1e-3;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean applies(Stretch stretch) {
        Topology topology = setup.topology();
        boolean one = topology.output() == Output.SIGMOID && topology.outputs() == 1;
        return one && stretch.all(line -> Math.abs(line.cost() - LN_2) <= NEAR && line.accuracy() <= MOST_RIGHT);
    }

    @Override
    public String text(Stretch stretch) {
        Topology topology = setup.topology();
        String what =
                "The output is about one half for every example (cost ln 2 = 0.6931), and predictions are right by chance.";
        if (topology.depth() > 1 || stretch.newest().gradientNorm() > FLAT) {
            return what + " Trainings may begin so."
                    + Suggestion.text(setup, Suggestion.LARGER_RATE, Suggestion.LARGER_WEIGHTS, Suggestion.SEED);
        }
        return what
                + String.format(
                        Locale.ROOT,
                        " No %s divides these classes, and a net without a hidden layer can draw nothing else:"
                                + " add a hidden layer, such as network.layers = %s.",
                        topology.inputs() == 2 ? "straight line" : "plane",
                        List.of(topology.inputs(), Math.max(2, topology.inputs()), 1));
    }
}
