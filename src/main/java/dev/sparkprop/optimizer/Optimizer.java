package dev.sparkprop.optimizer;

import java.util.Iterator;
import java.util.Map;

/** An algorithm that moves parameters towards a lower cost. */
public interface Optimizer {
    /**
     * Returns the states of a descent. The first state is the start; each further one is one update later. The
     * iterator is lazy and the caller decides when to stop. It ends only if the optimizer finds no lower cost.
     * {@code hasNext} may take as long as {@code next}.
     *
     * @throws IllegalArgumentException if the start's memory does not belong to this optimizer
     */
    Iterator<State> states(Objective objective, Start start);

    /** Returns name and settings for messages, such as {@code gradient-descent with learning-rate 0.1}. */
    String description();

    /**
     * The state from which a descent starts or resumes.
     *
     * @param iteration number of updates done
     * @param parameters parameters after these updates
     * @param memory {@link State#memory()} after these updates; empty at iteration 0
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared or printed
    record Start(int iteration, double[] parameters, Map<String, double[]> memory) {}

    /**
     * The state of a descent after an update.
     *
     * @param parameters valid until the next state is requested
     * @param evaluation cost and gradient at these parameters
     * @param memory state of the optimizer besides the parameters, by name: vectors, or numbers as vectors of length
     *     one; valid until the next state is requested
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared or printed
    record State(double[] parameters, CostAndGradient evaluation, Map<String, double[]> memory) {}
}
