package dev.sparkprop.optimizer;

import java.util.Iterator;
import java.util.Map;

/** A rule that moves parameters towards a lower cost. */
public interface Optimizer {
    /**
     * The states of a descent: the first is the one at the start, each further one lies an update behind it. Lazy; whoever
     * iterates decides when to stop. They end only where the optimizer finds no lower cost, and to ask whether there is a next one
     * may take as long as to get it.
     *
     * @throws IllegalArgumentException if the start's memory is not one of this optimizer
     */
    Iterator<State> states(Objective objective, Start start);

    /** Name and settings for messages, such as {@code gradient-descent with learning-rate 0.1}. */
    String description();

    /**
     * Where a descent begins, or goes on.
     *
     * @param iteration updates already done
     * @param parameters after them
     * @param memory what {@link State#memory()} was then; empty at iteration 0
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier: never compared, never printed
    record Start(int iteration, double[] parameters, Map<String, double[]> memory) {}

    /**
     * Where a descent stands.
     *
     * @param parameters valid until the next state is taken
     * @param evaluation cost and gradient at these parameters
     * @param memory all that is remembered beside the parameters, by name: vectors, or numbers as vectors of one; valid as long
     */
    @SuppressWarnings("ArrayRecordComponent") // a carrier: never compared, never printed
    record State(double[] parameters, CostAndGradient evaluation, Map<String, double[]> memory) {}
}
