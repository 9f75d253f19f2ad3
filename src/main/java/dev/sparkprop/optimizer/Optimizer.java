package dev.sparkprop.optimizer;

import java.util.Iterator;

/** A rule that moves parameters towards a lower cost. */
public interface Optimizer {
    /**
     * The states of a descent: state n is the one after n updates, beginning with the initial parameters. Lazy and without
     * end; whoever iterates decides when to stop.
     */
    Iterator<State> states(Objective objective, double[] initial);

    /** Name and settings for messages, such as {@code gradient-descent with learning-rate 0.1}. */
    String description();

    /**
     * Where a descent stands.
     *
     * @param parameters valid until the next state is asked for
     * @param evaluation cost and gradient at these parameters
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier: never compared, never printed
    record State(double[] parameters, Evaluation evaluation) {}
}
